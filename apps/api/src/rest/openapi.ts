import { ERRORS, Problem } from '@transcode/contracts';
import { jsonSchemaOf } from './json-schema.ts';
import { restProcedures } from './rest-routes.ts';
import type { RestProcedure } from './rest-routes.ts';
import { REST_PREFIX } from './register-rest.ts';

const PROBLEM = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };

/** Somebody who is signed in: a browser, or whoever asked `auth.signIn`. */
const PERSON = [{ session: [] }, { bearerSession: [] }];

const DESCRIPTION = `Errors are problems (RFC 9457) whose \`code\` is one of: ${Object.keys(ERRORS).join(', ')}.

Send an API key as \`Authorization: Bearer tc_…\`, or in its place the \`session\` that \`POST /api/v1/auth/sign-in\` answers. Lists go from new to old; pass \`nextCursor\` as \`cursor\` for the next page.
Upload by tus 1.0.0 at \`/api/uploads\`; the metadata \`filename\` is required.
One rendition with its sound as one MP4: \`GET /api/v1/videos/{id}/renditions/{name}.mp4\`, in ranges where you want. The uploaded file, for editors: \`GET /api/v1/videos/{id}/source\`.`;

function parametersOf(one: RestProcedure): object[] {
  const inPath = [...one.route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  const inQuery = one.route.method === 'GET' ? Object.keys(one.fields).filter((name) => !inPath.includes(name)) : [];
  return [
    ...inPath.map((name) => ({ name, in: 'path', required: true, schema: one.fields[name] ?? { type: 'string' } })),
    ...inQuery.map((name) => {
      const list = one.fields[name]?.type === 'array' ? { style: 'form', explode: true } : {};
      return { name, in: 'query', required: false, schema: one.fields[name], ...list };
    }),
  ];
}

function bodyOf(one: RestProcedure): object {
  if (one.input === undefined || one.route.method === 'GET' || one.route.method === 'DELETE') return {};
  const { properties = {}, required = [], ...rest } = jsonSchemaOf(one.input, 'input');
  const inPath = new Set([...one.route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]));
  const fields = Object.entries(properties).filter(([name]) => !inPath.has(name));
  if (fields.length === 0) return {};
  const demanded = required.filter((name) => !inPath.has(name));
  const schema = { ...rest, properties: Object.fromEntries(fields), required: demanded };
  // Who has nothing to say need not say it.
  const isRequired = demanded.length > 0 || rest.oneOf !== undefined;
  return { requestBody: { required: isRequired, content: { 'application/json': { schema } } } };
}

function whoMay({ role, person, reach }: RestProcedure): string {
  if (role === 'public') return 'Needs no key.';
  const keys = person
    ? ' Not for API keys: somebody has to be signed in.'
    : reach === 'all'
      ? ' An API key has to reach all workspaces.'
      : '';
  return `Needs the role ${role}, or one above.${keys}`;
}

function operationOf(one: RestProcedure): object {
  const { status, summary } = one.route;
  const done =
    status === 204
      ? { description: 'Done' }
      : { description: 'Done', content: { 'application/json': { schema: jsonSchemaOf(one.output, 'output') } } };
  return {
    operationId: one.name,
    summary,
    description: whoMay(one),
    tags: [one.name.split('.')[0]],
    ...(one.role === 'public' ? { security: [] } : one.person ? { security: PERSON } : {}),
    parameters: parametersOf(one),
    ...bodyOf(one),
    responses: { [status]: done, default: { description: 'What went wrong', content: PROBLEM } },
  };
}

/** The OpenAPI 3.1 document of everything under /api/v1, made from the procedures themselves. */
export function openApiDocument(version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const one of restProcedures()) {
    const at = (paths[REST_PREFIX + one.route.path] ??= {});
    at[one.route.method.toLowerCase()] = operationOf(one);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Transcode',
      version,
      description: DESCRIPTION,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ apiKey: [] }, ...PERSON],
    paths,
    components: {
      schemas: { Problem: jsonSchemaOf(Problem, 'output') },
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key' },
        bearerSession: { type: 'http', scheme: 'bearer', description: 'The `session` that signing in answers' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'next-auth.session-token',
          description: 'A browser that is signed in',
        },
      },
    },
  };
}
