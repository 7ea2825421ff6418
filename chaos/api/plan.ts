import * as fc from 'fast-check';
import {
  type PrincipalName,
  principalNames,
} from '../../packages/gateway/src/testing/api-principals.ts';
import { type Mutation, mutations } from './mutations.ts';
import type { Operation } from './operations.ts';
import { consistentBody, consistentQuery } from './consistent.ts';
import { type Known, objectsOf, valuesOf } from './values-of.ts';

/** A request before it is sent. */
export interface Plan {
  operation: Operation;
  /** Right by the schemas, sent by somebody who may; or spoilt; or right, sent by anybody. */
  kind: 'right' | 'spoilt' | 'anybody';
  who: PrincipalName;
  workspace: 'default' | 'other';
  parameters: Record<string, string>;
  query: Record<string, unknown>;
  body: Record<string, unknown> | null;
  mutations: Mutation[];
}

/** Returns requests of one operation. */
export function plansOf(operation: Operation, known: Known): fc.Arbitrary<Plan> {
  const { body } = operation;
  return fc.record({
    operation: fc.constant(operation),
    kind: fc.oneof(
      { weight: 62, arbitrary: fc.constant('right' as const) },
      { weight: 25, arbitrary: fc.constant('spoilt' as const) },
      { weight: 13, arbitrary: fc.constant('anybody' as const) },
    ),
    who: fc.constantFrom(...principalNames),
    workspace: fc.constantFrom('default' as const, 'other' as const),
    parameters: named(operation, 'path', known).map(textOfEach),
    query: named(operation, 'query', known).map((query) => consistentQuery(operation.id, query)),
    body:
      body === null
        ? fc.constant(null)
        : valuesOf(body, known).map((value) => consistentBody(operation.id, objectOf(value))),
    mutations: fc.array(mutations, { minLength: 1, maxLength: 2 }),
  });
}

function named({ parameters }: Operation, place: 'path' | 'query', known: Known) {
  const here = parameters.filter((parameter) => parameter.place === place);
  return objectsOf(
    {
      properties: Object.fromEntries(here.map(({ name, schema }) => [name, schema])),
      required: here.filter(({ required }) => required).map(({ name }) => name),
    },
    known,
  );
}

function textOfEach(values: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, textOf(value)]));
}

/** Returns a value as an address says it. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function objectOf(value: unknown): Record<string, unknown> {
  return { ...(value as Record<string, unknown>) };
}
