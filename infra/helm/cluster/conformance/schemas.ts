/** A JSON schema, or a part of one, as OpenAPI of Kubernetes has it. */
export type Schema = Readonly<Record<string, unknown>>;

interface Kind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** What Kubernetes says of its own kinds: `api/openapi-spec/swagger.json` of its sources. */
export interface Swagger {
  readonly definitions: Readonly<Record<string, Schema>>;
}

export interface CustomResourceDefinition {
  readonly kind: string;
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly schema: { readonly openAPIV3Schema: Schema } }[];
  };
}

/** Where a schema is, under a folder, so that kubeconform finds it by `{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json`. */
type SchemaFile = readonly [path: string, schema: Schema];

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';
/** What Kubernetes takes as a number too, though its OpenAPI says text. */
const QUANTITY = 'io.k8s.apimachinery.pkg.api.resource.Quantity';

/** A schema for every kind of Kubernetes itself. What a schema does not name is refused, as `kubectl apply --validate=strict` does. */
export function kubernetesSchemas({ definitions }: Swagger): SchemaFile[] {
  return Object.entries(definitions).flatMap(([name, definition]): SchemaFile[] => {
    const kinds = (definition['x-kubernetes-group-version-kind'] ?? []) as readonly Kind[];
    const [kind] = kinds;
    // What belongs to all groups, such as DeleteOptions, is no object.
    if (kind === undefined || kinds.length > 1) return [];
    return [[pathOf(kind), asObject(kind, strict(definition), closure([name], definitions))]];
  });
}

/** A schema for every version of a kind that somebody else defines; its metadata are those of Kubernetes. */
export function customSchemas({ spec }: CustomResourceDefinition, { definitions }: Swagger): SchemaFile[] {
  return spec.versions.map(({ name: version, schema }) => {
    const kind: Kind = { group: spec.group, version, kind: spec.names.kind };
    const own = strict(schema.openAPIV3Schema);
    const properties = { ...(own['properties'] as object), metadata: { $ref: `#/definitions/${META}` } };
    return [pathOf(kind), asObject(kind, { ...own, properties }, closure([META], definitions))];
  });
}

/** kubeconform takes the version for the group of what has none. */
const pathOf = ({ group, version, kind }: Kind): string =>
  `${group === '' ? version : group}/${kind.toLowerCase()}_${version}.json`;

function asObject({ group, version, kind }: Kind, schema: Schema, definitions: Schema): Schema {
  const properties = {
    ...(schema['properties'] as object),
    apiVersion: { const: group === '' ? version : `${group}/${version}` },
    kind: { const: kind },
  };
  const required = [...new Set(['apiVersion', 'kind', ...((schema['required'] ?? []) as readonly string[])])];
  return { $schema: 'http://json-schema.org/draft-07/schema#', ...schema, properties, required, definitions };
}

/** The definitions that are reached from some, these included; they may name each other in a circle. */
function closure(names: readonly string[], definitions: Swagger['definitions']): Record<string, Schema> {
  const found: Record<string, Schema> = {};
  const open = [...names];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (name in found) continue;
    const definition = definitions[name];
    if (definition === undefined) throw new Error(`There is no definition of ${name}.`);
    found[name] = name === QUANTITY ? { type: ['string', 'number'] } : strict(definition);
    open.push(...[...JSON.stringify(definition).matchAll(/"#\/definitions\/([^"]+)"/g)].map(([, other = '']) => other));
  }
  return found;
}

/** Keys whose parts say more of the same value, and not what else it may have. */
const BRANCHES = new Set(['allOf', 'anyOf', 'oneOf', 'not']);
const DROPPED = /^(description|default|example|externalDocs|nullable|x-kubernetes-.*)$/;

/** The same in JSON schema's words, and closed: an object that names its properties has no others. */
function strict(schema: Schema, isBranch = false): Schema {
  const {
    type,
    format,
    properties,
    additionalProperties,
    minimum,
    maximum,
    exclusiveMinimum,
    exclusiveMaximum,
    ...others
  } = schema;
  const rest = Object.fromEntries(
    Object.entries(others)
      .filter(([key]) => !DROPPED.test(key))
      .map(([key, value]) => [key, strictPart(key, value)]),
  );
  const isOpen = isBranch || schema['x-kubernetes-preserve-unknown-fields'] === true;
  return {
    ...rest,
    ...typeOf(schema, type, format),
    ...bound('inimum', minimum, exclusiveMinimum),
    ...bound('aximum', maximum, exclusiveMaximum),
    ...(properties === undefined
      ? {}
      : { properties: mapped(properties as Readonly<Record<string, Schema>>, (one) => strict(one, isBranch)) }),
    ...othersOf(additionalProperties, properties !== undefined && !isOpen, isBranch),
  };
}

/** What an object may have beside what it names. */
function othersOf(additional: unknown, isClosed: boolean, isBranch: boolean): Schema {
  if (typeof additional === 'object') return { additionalProperties: strict(additional as Schema, isBranch) };
  if (additional !== undefined) return { additionalProperties: additional };
  return isClosed ? { additionalProperties: false } : {};
}

function strictPart(key: string, value: unknown): unknown {
  if (key === 'items') return strict(value as Schema);
  if (!BRANCHES.has(key)) return value;
  return Array.isArray(value) ? value.map((one) => strict(one as Schema, true)) : strict(value as Schema, true);
}

function typeOf(schema: Schema, type: unknown, format: unknown): Schema {
  const isEither = format === 'int-or-string' || schema['x-kubernetes-int-or-string'] === true;
  const types = isEither ? ['integer', 'string'] : type === undefined ? [] : [type];
  if (types.length === 0) return {};
  const all = schema['nullable'] === true ? [...types, 'null'] : types;
  return { type: all.length === 1 ? all[0] : all, ...(format === undefined || isEither ? {} : { format }) };
}

/** OpenAPI says beside a bound whether it is left out itself. */
function bound(name: string, value: unknown, isExclusive: unknown): Schema {
  if (value === undefined) return {};
  return isExclusive === true ? { [`exclusiveM${name}`]: value } : { [`m${name}`]: value };
}

const mapped = <From, To>(values: Readonly<Record<string, From>>, to: (one: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, to(value)]));
