import { z } from 'zod';
import type { Adjutant } from '../../adjutant.ts';
import { AdjutantError } from '../../errors.ts';
import { parseInput } from '../../parse-input.ts';
import type { WorkspaceHandle } from '../handle.ts';
import { callInputs, type CallInputs } from './call-inputs.ts';
import { rootInputs } from './root-inputs.ts';

type InputsByPath = ReadonlyMap<string, CallInputs>;
const ofHandle: InputsByPath = new Map(Object.entries(callInputs));
const ofRoot: InputsByPath = new Map(Object.entries(rootInputs));

/** Calls that answer at once and read nothing. */
const atOnce: ReadonlySet<string> = new Set([
  'forTeam',
  'listMetrics',
  'workspace',
  'approvers',
  'approvers.serveAt',
  'approvers.noteFailedSignIn',
  'accessTokens',
  'secrets',
  'data',
  'data.retention',
  'textModel',
  'webhooks',
  'webhooks.largestBodyBytes',
  'on',
  'jobs.handle',
  'storeTrouble',
  'isHeldBack',
]);
/** Calls whose answer is iterated over. */
const inLines: ReadonlySet<string> = new Set(['audit.export', 'exportWorkspace']);

type Admit = () => Promise<void>;
const everybody: Admit = () => Promise.resolve();

/**
 * Returns the handle with each call held at its edge: what it is given is of the types it takes, its
 * viewer is somebody in this workspace, and whatever fails inside is told as an `AdjutantError`.
 */
export function guardCalls(handle: WorkspaceHandle, admit: Admit): WorkspaceHandle {
  const forTeam: WorkspaceHandle['forTeam'] = (teamId) => guardCalls(handle.forTeam(teamId), admit);
  return guarded({ ...handle, forTeam }, '', held(ofHandle, admit));
}

/** Returns what `createAdjutant` answers with, each of its own calls held in the same way. */
export function guardRoot(adjutant: Adjutant): Adjutant {
  return guarded(adjutant, '', held(ofRoot, everybody));
}

/** Returns what a call of it hands out, held in the same way; `admit` refuses whoever it is made for. */
export function guardHandedOut<Target extends object>(
  name: keyof Adjutant,
  target: Target,
  admit: Admit = everybody,
): Target {
  return guarded(target, `${name}.`, held(ofRoot, admit));
}

function held(inputs: InputsByPath, admit: Admit): Make {
  return (path, call, words) => {
    const refusal = wrongInput(path, inputs.get(path) ?? [], words);
    if (atOnce.has(path)) {
      if (refusal !== null) throw refusal;
      return toldAsOurs(call);
    }
    if (inLines.has(path)) return admittedLines(refusal, admit, call);
    return refusal === null ? admitted(admit, call) : Promise.reject(refusal);
  };
}

/** What is data, or the host's own. */
const plain: ReadonlySet<string> = new Set(['viewer', 'approvers.relyingParty']);

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
      const isGroup = typeof value === 'object' && value !== null && !plain.has(path);
      return isGroup ? guarded(value, `${path}.`, make) : value;
    },
  });
}

function toldAsOurs(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    throw ownError(error);
  }
}

async function admitted(admit: Admit, call: () => unknown): Promise<unknown> {
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
  admit: Admit,
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

function wrongInput(path: string, inputs: CallInputs, words: readonly unknown[]): Error | null {
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
    hint: 'Report it with the version of the package; the error’s `cause` has more.',
    cause: error,
  });
}
