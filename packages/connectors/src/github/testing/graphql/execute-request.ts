import {
  type DocumentNode,
  execute,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLFieldResolver,
} from 'graphql';
import { GithubGraphqlError, NotImitated } from './errors.ts';
import type { FieldArguments, TwinContext } from './field-table.ts';
import { fieldEntry } from './field-tables.ts';
import { checkPermission, insufficientScopes } from './permissions.ts';
import { githubSchema } from './schema.ts';

/** An error as it goes over the wire: GitHub puts `type` beside the message. */
export interface WireError {
  type?: string;
  path?: readonly (number | string)[];
  locations?: readonly { line: number; column: number }[];
  message: string;
}

export interface WireResult {
  data?: Record<string, unknown> | null;
  errors?: WireError[];
}

const resolveField: GraphQLFieldResolver<unknown, TwinContext> = (source, args, context, info) => {
  const { resolve } = fieldEntry(info.parentType.name, info.fieldName);
  checkPermission(info.parentType.name, info.fieldName, context);
  // The table of a type is written for the rows of that type; graphql-js pairs them by `type`.
  return resolve(source as never, args as FieldArguments, context);
};

function typeNameOf(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'type' in value) return String(value.type);
  throw new NotImitated('a row without a type');
}

export function wireError(error: GraphQLError): WireError {
  const { originalError } = error;
  return {
    ...(originalError instanceof GithubGraphqlError ? { type: originalError.type } : {}),
    ...(error.path === undefined ? {} : { path: error.path }),
    ...(error.locations === undefined ? {} : { locations: error.locations }),
    message: error.message,
  };
}

/**
 * Executes a request against the published schema.
 *
 * @throws NotImitated where it reaches something the twin has no answer to.
 */
export function executeRequest(
  document: DocumentNode,
  operationName: string | null,
  variables: Readonly<Record<string, unknown>>,
  context: TwinContext,
): WireResult {
  const executed = execute({
    schema: githubSchema(),
    document,
    operationName,
    variableValues: variables,
    contextValue: context,
    fieldResolver: resolveField,
    typeResolver: typeNameOf,
  });
  if (executed instanceof Promise) throw new TypeError('No field of the twin waits.');
  return toWire(executed);
}

function toWire({ data, errors = [] }: ExecutionResult<Record<string, unknown>>): WireResult {
  for (const { originalError } of errors) {
    if (originalError instanceof NotImitated) throw originalError;
    // A mistake of the twin itself must not look like an answer of GitHub.
    if (originalError && !(originalError instanceof GithubGraphqlError)) throw originalError;
  }
  const wire = errors.map(wireError);
  const unscoped = wire.filter(({ type }) => type === insufficientScopes);
  if (unscoped.length > 0) {
    return { errors: unscoped.map(({ path: _, ...error }) => error) };
  }
  return {
    ...(data === undefined ? {} : { data }),
    ...(errors.length === 0 ? {} : { errors: wire }),
  };
}
