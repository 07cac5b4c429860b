import { describe, expect, test } from 'vitest';
import { customSchemas, kubernetesSchemas, type Schema, type Swagger } from '../cluster/conformance/schemas.ts';

const kind = (name: string, group = ''): object => ({
  'x-kubernetes-group-version-kind': [{ group, version: 'v1', kind: name }],
});
const META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';
const SWAGGER: Swagger = {
  definitions: {
    [META]: { type: 'object', properties: { name: { type: 'string', description: 'Its name.' } } },
    'io.k8s.apimachinery.pkg.api.resource.Quantity': { type: 'string' },
    Port: { type: 'string', format: 'int-or-string' },
    Tree: { type: 'object', properties: { below: { $ref: '#/definitions/Tree' } } },
    Pod: {
      ...{ type: 'object', ...kind('Pod'), required: ['spec'] },
      properties: {
        metadata: { $ref: `#/definitions/${META}` },
        spec: { $ref: '#/definitions/Tree' },
        size: { $ref: '#/definitions/io.k8s.apimachinery.pkg.api.resource.Quantity' },
        port: { $ref: '#/definitions/Port' },
        labels: { type: 'object', additionalProperties: { type: 'string' } },
        anything: { type: 'object' },
      },
    },
    Set: { type: 'object', ...kind('Set', 'apps'), properties: {} },
    DeleteOptions: {
      type: 'object',
      'x-kubernetes-group-version-kind': [
        { group: '', version: 'v1', kind: 'DeleteOptions' },
        { group: 'apps', version: 'v1', kind: 'DeleteOptions' },
      ],
    },
  },
};
const files = Object.fromEntries(kubernetesSchemas(SWAGGER)) as Readonly<Record<string, Schema>>;

describe('schemas of Kubernetes itself', () => {
  test('there is one for each object, where kubeconform looks for it', () => {
    expect(Object.keys(files)).toEqual(['v1/pod_v1.json', 'apps/set_v1.json']);
    expect(files['apps/set_v1.json']).toMatchObject({
      properties: { apiVersion: { const: 'apps/v1' }, kind: { const: 'Set' } },
      required: ['apiVersion', 'kind'],
    });
  });

  test('what names its fields has no others, and what names none may have any', () => {
    const { additionalProperties, properties, required } = files['v1/pod_v1.json'] ?? {};
    expect({ additionalProperties, required }).toEqual({
      additionalProperties: false,
      required: ['apiVersion', 'kind', 'spec'],
    });
    expect(properties).toMatchObject({
      labels: { type: 'object', additionalProperties: { type: 'string' } },
      anything: { type: 'object' },
    });
    expect((properties as Record<string, object>)['anything']).not.toHaveProperty('additionalProperties', false);
  });

  test('what is needed of the definitions comes along, also where one names itself, and nothing else', () => {
    const { definitions = {} } = files['v1/pod_v1.json'] ?? {};
    const { Pod, ...others } = definitions as Record<string, Schema>;
    expect(Pod).toMatchObject({ type: 'object', required: ['spec'] });
    expect(others).toEqual({
      [META]: { type: 'object', properties: { name: { type: 'string' } }, additionalProperties: false },
      'io.k8s.apimachinery.pkg.api.resource.Quantity': { type: ['string', 'number'] },
      Port: { type: ['integer', 'string'] },
      Tree: {
        ...{ type: 'object', additionalProperties: false },
        properties: { below: { $ref: '#/definitions/Tree' } },
      },
    });
    expect(files['apps/set_v1.json']?.['definitions']).not.toHaveProperty('Tree');
  });
});

describe('schemas of what others define', () => {
  const [[path, schema] = []] = customSchemas(
    {
      kind: 'CustomResourceDefinition',
      spec: {
        group: 'example.com',
        names: { kind: 'Film' },
        versions: [
          {
            name: 'v2',
            schema: {
              openAPIV3Schema: {
                type: 'object',
                properties: {
                  metadata: { type: 'object' },
                  spec: {
                    ...{
                      type: 'object',
                      properties: { a: { type: 'string', nullable: true }, b: { type: 'integer' } },
                    },
                    oneOf: [{ properties: { a: {} }, required: ['a'] }, { required: ['b'] }],
                  },
                  open: {
                    ...{ type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
                    properties: { known: { type: 'string' } },
                  },
                  port: { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] },
                  share: { type: 'number', minimum: 0, exclusiveMinimum: true, maximum: 1 },
                },
              },
            },
          },
        ],
      },
    },
    SWAGGER,
  );
  const properties = schema?.['properties'] as Record<string, Schema>;

  test('each version is where kubeconform looks for it, with the metadata of Kubernetes', () => {
    expect(path).toBe('example.com/film_v2.json');
    expect(properties).toMatchObject({
      apiVersion: { const: 'example.com/v2' },
      kind: { const: 'Film' },
      metadata: { $ref: `#/definitions/${META}` },
    });
    expect(schema?.['definitions']).toHaveProperty([META]);
  });

  test('a choice says more of the same value, and closes nothing', () => {
    expect(properties['spec']).toEqual({
      ...{ type: 'object', additionalProperties: false },
      properties: { a: { type: ['string', 'null'] }, b: { type: 'integer' } },
      oneOf: [{ properties: { a: {} }, required: ['a'] }, { required: ['b'] }],
    });
  });

  test('what is open stays open, and bounds are said as JSON schema says them', () => {
    expect(properties['open']).not.toHaveProperty('additionalProperties', false);
    expect(properties['port']).toMatchObject({ type: ['integer', 'string'] });
    expect(properties['share']).toEqual({ type: 'number', exclusiveMinimum: 0, maximum: 1 });
  });
});
