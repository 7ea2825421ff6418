import type { ReferencePlace } from './place-schema.ts';
import { schemaAt } from './schema-node.ts';
import { addressProblem } from './read-address.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Why a reference cannot be used, and where in the file. Holds no value. */
export interface ReferenceFault {
  path: PropertyKey[];
  problem: string;
  hint: string;
}

export interface ResolvedReferences {
  value: unknown;
  /** Names of the variables whose values stand in `value` now. */
  names: string[];
  /** Values that must not be printed. */
  secrets: string[];
}

const wholeReference = /^\$\{([A-Za-z_][A-Za-z0-9_]{0,199})\}$/;
/** Only these may name where a store is, so that no other variable's value becomes an address. */
export const storeVariable = /^ADJUTANT_STORE(_URL)?$/;
const deepest = 40;

class Refused extends Error {
  readonly fault: ReferenceFault;
  constructor(fault: ReferenceFault) {
    super(fault.problem);
    this.fault = fault;
  }
}

/**
 * Replaces the one reference that stands for a value, the address of the store, and refuses a reference
 * wherever the schema does not say that one may stand. Credentials stay references: whoever sends
 * them looks them up.
 */
export function resolveReferences(
  value: unknown,
  env: Environment,
): ResolvedReferences | ReferenceFault {
  const found: Omit<ResolvedReferences, 'value'> = { names: [], secrets: [] };
  try {
    return { ...found, value: resolved(value, [], { env, found }) };
  } catch (error) {
    if (error instanceof Refused) return error.fault;
    throw error;
  }
}

interface Resolving {
  env: Environment;
  found: Omit<ResolvedReferences, 'value'>;
}

function resolved(value: unknown, path: PropertyKey[], resolving: Resolving): unknown {
  if (path.length > deepest) {
    throw new Refused({
      path: [],
      problem: 'values lie too deep in each other.',
      hint: 'Write it flat.',
    });
  }
  if (typeof value === 'string') return resolvedText(value, path, resolving);
  if (Array.isArray(value)) {
    return value.map((item, at) => resolved(item, [...path, at], resolving));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (key.includes('${')) throw new Refused(misplaced(path));
      return [key, resolved(item, [...path, key], resolving)];
    }),
  );
}

function resolvedText(text: string, path: PropertyKey[], { env, found }: Resolving): string {
  // Looking the place up takes longer than all else here, so only where it is asked.
  if (!text.includes('${')) return text;
  const place = schemaAt(path).find(({ reference }) => reference !== undefined)?.reference;
  const name = wholeReference.exec(text.trim())?.[1];
  if (place === 'credential') {
    const held = env[name ?? ''];
    if (held !== undefined && held !== '') found.secrets.push(held);
    // The schema says what is wrong with anything but a whole reference.
    return text;
  }
  if (place === undefined || name === undefined) throw new Refused(misplaced(path, place));
  if (place === 'account') return text;
  const value = storeAddress(name, path, env);
  found.names.push(name);
  found.secrets.push(value);
  return value;
}

function misplaced(path: PropertyKey[], place?: ReferencePlace): ReferenceFault {
  if (place === 'store') {
    return {
      path,
      problem: 'the place of the store mixes text and a variable.',
      hint: 'Put the whole address into ADJUTANT_STORE and write only ${ADJUTANT_STORE} here.',
    };
  }
  return {
    path,
    problem: 'a reference to a variable may not stand here.',
    hint: 'Variables stand only where a credential does, and for the whole address of a store; write the value.',
  };
}

function storeAddress(name: string, path: PropertyKey[], env: Environment): string {
  if (!storeVariable.test(name)) {
    const hint = 'Put the address into ADJUTANT_STORE and write ${ADJUTANT_STORE}.';
    throw new Refused({ path, problem: 'this variable does not name a store.', hint });
  }
  const value = env[name]?.trim() ?? '';
  if (value === '') {
    const problem = `the environment variable ${name} is not set.`;
    throw new Refused({
      path,
      problem,
      hint: `Set it, for example with "export ${name}=…", and try again.`,
    });
  }
  if (/^(file:|\/)/.test(value)) return value;
  const wrong = addressProblem(value);
  if (wrong === null) return value;
  const problem = `what the environment variable ${name} holds ${wrong}.`;
  throw new Refused({
    path,
    problem,
    hint: 'It holds the address of a database, or the path of a file from the root.',
  });
}
