import { type ASTNode, Environment } from '@marcbachmann/cel-js';
import { CelError } from './cel-error.ts';
import { celSteps } from './cel-steps.ts';
import type { CelVariable, CelVariables } from './cel-variable.ts';
import { deepest, mostNodes, surveyCel } from './survey-cel.ts';
import { narrow, widen } from './widen-numbers.ts';

const mostCharacters = 2_000;

/** An expression that was checked. */
export interface CelExpression<Subject> {
  /** Returns whether it holds; null where that is not known. */
  holds(this: void, subject: Subject): boolean | null;
  /** The variables that it names. */
  names: readonly string[];
  /** How many steps it takes at most; some ten of them take a microsecond. */
  steps: number;
}

/** Expressions over one kind of subject. */
export interface Cel<Subject> {
  /** Names that an expression may use. */
  names: readonly string[];
  /**
   * Returns an expression as a function. Only a subset is read: no regular expressions, which can block
   * for seconds, no loops inside loops, and every number is a double, as JSON has it.
   * @throws CelError with the place in the expression
   */
  compile(this: void, expression: string): CelExpression<Subject>;
}

export interface CelOptions<Subject> {
  variables: CelVariables<Subject>;
  /**
   * What makes an answer unknown: anything that is asked and not known, or only that without which it
   * cannot be told. "It is open, and has waited for a day" is false of what is closed, however long
   * that waited; and of what cannot be computed it is unknown.
   */
  unknownWhere: 'anything_is' | 'it_decides';
  /** How many steps an evaluation may take at most; no bound unless given. */
  mostSteps?: number;
}

/** Returns expressions over the variables given, typed by them. */
export function createCel<Subject>(options: CelOptions<Subject>): Cel<Subject> {
  const { variables, unknownWhere, mostSteps } = options;
  const environment = (limits: { maxAstNodes: number; maxDepth: number }): Environment => {
    const made = new Environment({
      unlistedVariablesAreDyn: false,
      limits: { ...limits, maxListElements: 100, maxMapEntries: 0, maxCallArguments: 2 },
    });
    for (const [name, { type }] of variables) made.registerVariable(name, type);
    return made;
  };
  // The expression as written keeps to the limits; with its numbers made double it is somewhat longer.
  const written = environment({ maxAstNodes: mostNodes, maxDepth: deepest });
  const widened = environment({ maxAstNodes: 2 * mostNodes, maxDepth: 2 * deepest });
  return {
    names: [...variables.keys()],
    compile(expression) {
      if (expression.length > mostCharacters) {
        throw new CelError(`has more than ${mostCharacters} characters`, 0);
      }
      const ast = parse(written, expression);
      const { names, insertions } = surveyCel(ast, variables);
      const evaluate = widened.parse(widen(expression, insertions));
      const check = evaluate.check();
      if (!check.valid) {
        throw new CelError(firstLine(check.error), narrow(startOf(check.error), insertions));
      }
      if (check.type !== 'bool') {
        throw new CelError(`gives ${check.type ?? 'something unknown'}, not true or false`, 0);
      }
      const steps = celSteps(ast, variables);
      if (mostSteps !== undefined && steps > mostSteps) {
        throw new CelError(`can take more than ${mostSteps} steps`, 0, 'Ask for less at once.');
      }
      const reads = [...names].flatMap((name): [string, CelVariable<Subject>['read']][] => {
        const variable = variables.get(name);
        return variable === undefined ? [] : [[name, variable.read]];
      });
      const run = (values: Record<string, unknown>): boolean => evaluate(values) === true;
      const holds = unknownWhere === 'anything_is' ? strict(reads, run) : deciding(reads, run);
      return { holds, names: [...names], steps };
    },
  };
}

type Reads<Subject> = readonly (readonly [string, CelVariable<Subject>['read']])[];
type Run = (values: Record<string, unknown>) => boolean;

function strict<Subject>(reads: Reads<Subject>, run: Run): CelExpression<Subject>['holds'] {
  return (subject) => {
    const values: Record<string, unknown> = {};
    for (const [name, read] of reads) {
      const value = read(subject);
      if (value === null || value === undefined) return null;
      values[name] = value;
    }
    return run(values);
  };
}

/** What is not known is left out: CEL takes it for an error, which `&&` and `||` need not ask for. */
function deciding<Subject>(reads: Reads<Subject>, run: Run): CelExpression<Subject>['holds'] {
  return (subject) => {
    const values: Record<string, unknown> = {};
    for (const [name, read] of reads) {
      const value = read(subject);
      if (value !== null && value !== undefined) values[name] = value;
    }
    try {
      return run(values);
    } catch {
      return null;
    }
  };
}

function parse(environment: Environment, expression: string): ASTNode {
  try {
    return environment.parse(expression).ast;
  } catch (error) {
    throw new CelError(firstLine(error), startOf(error));
  }
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : 'cannot be read';
  return message.split('\n')[0] ?? message;
}

function startOf(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('range' in error)) return 0;
  const { range } = error;
  if (typeof range !== 'object' || range === null || !('start' in range)) return 0;
  return typeof range.start === 'number' ? range.start : 0;
}
