import { z } from 'zod';
import { AdjutantError } from '../../errors.ts';
import { parseInput } from '../../parse-input.ts';
import type { WorkspaceHandle } from '../handle.ts';
import { callInputs, type CallInputs } from './call-inputs.ts';

const inputsByPath: ReadonlyMap<string, CallInputs> = new Map(Object.entries(callInputs));

/** Calls that answer at once and read nothing. */
const atOnce: ReadonlySet<string> = new Set(['forTeam', 'listMetrics', 'retention']);

/**
 * Returns the handle with each call held at its edge: what it is given is of the types it takes, its
 * viewer is somebody in this workspace, and whatever fails inside is told as an `AdjutantError`.
 */
export function guardCalls(handle: WorkspaceHandle, admit: () => Promise<void>): WorkspaceHandle {
  const forTeam: WorkspaceHandle['forTeam'] = (teamId) => guardCalls(handle.forTeam(teamId), admit);
  return guarded({ ...handle, forTeam }, '', (path, call, words) => {
    const refusal = wrongInput(path, words);
    if (atOnce.has(path)) {
      if (refusal !== null) throw refusal;
      return call();
    }
    if (path === 'audit.export') return admittedLines(refusal, admit, call);
    return refusal === null ? admitted(admit, call) : Promise.reject(refusal);
  });
}

/** Returns something made for a viewer with each of its calls held in the same way, inputs apart. */
export function admitCalls<Target extends object>(
  target: Target,
  admit: () => Promise<void>,
): Target {
  return guarded(target, '', (path, call) => (atOnce.has(path) ? call() : admitted(admit, call)));
}

type Make = (path: string, call: () => unknown, words: readonly unknown[]) => unknown;

function guarded<Target extends object>(target: Target, prefix: string, make: Make): Target {
  return new Proxy(target, {
    get(of, name) {
      const value: unknown = Reflect.get(of, name);
      if (typeof name === 'symbol') return value;
      const path = `${prefix}${name}`;
      if (typeof value === 'function') {
        return (...words: unknown[]): unknown =>
          make(path, () => Reflect.apply(value, of, words), words);
      }
      const isGroup = typeof value === 'object' && value !== null && name !== 'viewer';
      return isGroup ? guarded(value, `${path}.`, make) : value;
    },
  });
}

async function admitted(admit: () => Promise<void>, call: () => unknown): Promise<unknown> {
  await admit();
  try {
    return await call();
  } catch (error) {
    throw ownError(error);
  }
}

const ofTheLanguage = [TypeError, RangeError, ReferenceError, SyntaxError, z.ZodError];

function isRaw(error: unknown): boolean {
  if (!(error instanceof Error)) return true;
  if (ofTheLanguage.some((kind) => error instanceof kind)) return true;
  const code: unknown = Reflect.get(error, 'code');
  return (typeof code === 'string' && code.startsWith('SQLITE')) || isRawCause(error);
}

/** The query builder wraps what the driver says, with the text of the query before it. */
function isRawCause(error: Error): boolean {
  return error.name === 'DrizzleQueryError' || (error.cause instanceof Error && isRaw(error.cause));
}

async function* admittedLines(
  refusal: Error | null,
  admit: () => Promise<void>,
  call: () => unknown,
): AsyncGenerator {
  if (refusal !== null) throw refusal;
  await admit();
  try {
    yield* call() as AsyncIterable<unknown>;
  } catch (error) {
    throw ownError(error);
  }
}

function wrongInput(path: string, words: readonly unknown[]): Error | null {
  const inputs = inputsByPath.get(path) ?? [];
  for (const [at, [name, schema]] of inputs.entries()) {
    try {
      parseInput(schema, words[at]);
    } catch (error) {
      const reason = AdjutantError.isInstance(error) ? error.message : 'it cannot be read';
      return new AdjutantError('InvalidInput', `${path}, argument ${name}: ${reason}`, {
        hint: `Pass ${inputs.map(([each]) => each).join(', ')} to ${path} as the SDK's types say.`,
      });
    }
  }
  return null;
}

/**
 * What a host's own function threw, such as an archive, is the host's. What the database or the language
 * says never reaches a caller raw.
 */
function ownError(error: unknown): unknown {
  if (AdjutantError.isInstance(error) || !isRaw(error)) return error;
  return new AdjutantError('Internal', 'The call failed in an unexpected way.', {
    hint: 'Report it with the version of the package; the log has the cause.',
    cause: error,
  });
}
