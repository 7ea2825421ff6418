import { GraphQLError, Kind } from 'graphql';
import { z } from 'zod';
import type { GithubData } from '../data/github-data.ts';
import type { FaultDice, GithubTwinFaults, RequestOccasion } from '../faults.ts';
import type { GithubTwinLimits } from '../limits.ts';
import type { GithubTwinQuota } from '../quota.ts';
import { drift } from './drift.ts';
import { NotImitated } from './errors.ts';
import { executeRequest, type WireResult, wireError } from './execute-request.ts';
import type { TwinContext } from './field-table.ts';
import { withPartialData } from './partial-data.ts';
import { prepareDocument, type PreparedDocument } from './prepared-document.ts';
import { measureRequest, type RequestSize } from './request-size.ts';

const bodySchema = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

export interface GraphqlRequest {
  document: string;
  operationName: string | null;
  variables: Readonly<Record<string, unknown>>;
}

/** Reads the body of a request; null where it is none. */
export function readGraphqlRequest(body: string): GraphqlRequest | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return null;
  }
  const read = bodySchema.safeParse(parsed);
  if (!read.success) return null;
  const { query, operationName, variables } = read.data;
  const named = /\b(?:query|mutation)\s+(\w+)/.exec(query)?.[1];
  return {
    document: query,
    operationName: operationName ?? named ?? null,
    variables: variables ?? {},
  };
}

export interface GraphqlTwin {
  data: GithubData;
  limits: GithubTwinLimits;
  faults: GithubTwinFaults;
  dice: FaultDice;
  quota: GithubTwinQuota;
  /** Permissions that the credential lacks; mutable. */
  denied: Set<string>;
  now: () => number;
}

export interface GraphqlAnswer {
  status: number;
  body: WireResult | { message: string };
  cost: number;
  nodes: number;
  weight: number;
  fault: string | null;
  notImitated: string | null;
}

const timedOut =
  'Something went wrong while executing your query. This may be the result of a timeout, or it could be a GitHub bug.';

function answered(body: WireResult, more: Partial<GraphqlAnswer> = {}): GraphqlAnswer {
  return {
    status: 200,
    body,
    cost: 1,
    nodes: 0,
    weight: 0,
    fault: null,
    notImitated: null,
    ...more,
  };
}

function refused(what: string): GraphqlAnswer {
  return answered({}, { status: 501, body: { message: what }, cost: 0, notImitated: what });
}

/** Answers a GraphQL request as GitHub would: limits first, then the data, then what goes wrong. */
export function answerGraphql(
  twin: GraphqlTwin,
  request: GraphqlRequest,
  scopes: readonly string[] | null,
): GraphqlAnswer {
  const prepared = prepare(request.document);
  if ('body' in prepared) return prepared;
  const { document } = prepared;
  const size = measureRequest(
    document,
    operationOf(request, prepared),
    request.variables,
    twin.limits,
  );
  const { cost, nodes } = size;
  if (size.errors.length > 0) {
    const errors = size.errors.map(({ type, message }) => ({ type, message }));
    return answered({ errors }, { nodes, fault: size.errors[0]?.type ?? null });
  }
  const context = contextOf(twin, size, scopes);
  // What the request itself costs is gone when it reads how much is left.
  twin.quota.graphql.used += cost;
  let result: WireResult;
  try {
    result = executeRequest(document, operationOf(request, prepared), request.variables, context);
  } catch (error) {
    if (error instanceof NotImitated) return refused(error.message);
    throw error;
  }
  const { weight } = context;
  if (weight > twin.limits.weight) {
    // A request that runs into the time limit is charged more than one that ends.
    return answered(
      { data: null, errors: [{ message: timedOut }] },
      { status: 502, cost: cost * 2, nodes, weight, fault: 'tooHeavy' },
    );
  }
  for (const page of context.openPages) drift(twin, page);
  const occasion: RequestOccasion = { path: '/graphql', isGraphql: true, ...request };
  const isPartial = twin.dice.happens('partialData', twin.faults.partialData, occasion);
  if (!isPartial) return answered(result, { cost, nodes, weight });
  const partial = withPartialData(result, twin.dice.numbersOf('partialData'));
  return answered(partial, { cost, nodes, weight, fault: 'partialData' });
}

function prepare(text: string): GraphqlAnswer | PreparedDocument {
  try {
    const prepared = prepareDocument(text);
    if (prepared.errors.length > 0) {
      return answered({ errors: prepared.errors.map(wireError) }, { fault: 'invalidQuery' });
    }
    return prepared.notImitated === null ? prepared : refused(prepared.notImitated);
  } catch (error) {
    if (error instanceof GraphQLError) {
      return answered({ errors: [wireError(error)] }, { fault: 'invalidQuery' });
    }
    throw error;
  }
}

/** A text with one operation may leave its name away. */
function operationOf(request: GraphqlRequest, { document }: PreparedDocument): string | null {
  const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  return operations.length === 1 ? null : request.operationName;
}

function contextOf(
  twin: GraphqlTwin,
  { cost, nodes }: RequestSize,
  scopes: readonly string[] | null,
): TwinContext {
  return {
    data: twin.data,
    now: twin.now,
    quota: twin.quota,
    cost,
    nodes,
    scopes,
    denied: twin.denied,
    weight: 0,
    openPages: [],
    actorOf: (actor, subject) =>
      actor !== null && twin.dice.holdsFor('nullAuthor', twin.faults.nullAuthor, { subject })
        ? null
        : actor,
  };
}
