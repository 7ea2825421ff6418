import { type ASTNode, Environment } from '@marcbachmann/cel-js';
import type { CelCondition } from './cel-contract.ts';
import { CelError } from './cel-error.ts';
import { channelMembers, conditionDefinitions } from './conditions.ts';
import type { PolicyRequest } from './policy-engine.ts';

const mostCharacters = 2_000;
const mostNodes = 200;
const deepest = 12;

/** Reads what an expression names; null where it is not known. */
type Read = (request: PolicyRequest) => unknown;

interface Variable {
  type: 'bool' | 'double' | 'string' | 'map<string, dyn>';
  read: Read;
}

const variables: ReadonlyMap<string, Variable> = new Map<string, Variable>([
  ['requester', { type: 'string', read: ({ requesterKind }) => requesterKind }],
  ['risk', { type: 'string', read: ({ risk }) => risk }],
  ['source', { type: 'string', read: ({ source }) => source }],
  ['target', { type: 'string', read: ({ targetRef }) => targetRef }],
  ['payload', { type: 'map<string, dyn>', read: ({ payload }) => payload }],
  ['cost_usd', { type: 'double', read: ({ costUsd }) => costUsd }],
  ['spent_usd', { type: 'double', read: ({ spentUsd }) => spentUsd }],
  [
    channelMembers,
    {
      type: 'double',
      read: ({ conditions }) => {
        const members = conditions[channelMembers];
        return typeof members === 'number' ? members : null;
      },
    },
  ],
  // What needs a limit or a number is written with the variables themselves.
  ...conditionDefinitions
    .filter(({ takesNumber, name }) => !takesNumber && name !== 'channel_size_above_limit')
    .map(({ name, read }): [string, Variable] => [
      name,
      { type: 'bool', read: (request) => read(request, 0, null) },
    ]),
]);

/** Names that an expression may use. */
export const celVariableNames: readonly string[] = [...variables.keys()];

const functions: ReadonlySet<string> = new Set(['size', 'has', 'double']);
const methods: ReadonlySet<string> = new Set(['startsWith', 'endsWith', 'contains', 'size']);
const comprehensions: ReadonlySet<string> = new Set(['exists', 'all', 'exists_one']);

function createEnvironment(limits: { maxAstNodes: number; maxDepth: number }): Environment {
  const environment = new Environment({
    unlistedVariablesAreDyn: false,
    limits: { ...limits, maxListElements: 100, maxMapEntries: 0, maxCallArguments: 2 },
  });
  for (const [name, { type }] of variables) environment.registerVariable(name, type);
  return environment;
}

// The expression as written keeps to the limits; with its numbers made double it is somewhat longer.
const written = createEnvironment({ maxAstNodes: mostNodes, maxDepth: deepest });
const widened = createEnvironment({ maxAstNodes: 2 * mostNodes, maxDepth: 2 * deepest });

/**
 * Returns a `when` as a function. Only a subset is read: no regular expressions, which can block
 * for seconds, no loops inside loops, and every number is a double, as JSON has it.
 * @throws CelError with the place in the expression
 */
export function compileCel(expression: string): CelCondition {
  if (expression.length > mostCharacters) {
    throw new CelError(`has more than ${mostCharacters} characters`, 0);
  }
  const survey: Survey = { nodes: 0, names: new Set(), insertions: [] };
  visit(parse(expression), survey, { depth: 1, inLoop: false, bound: new Set() });
  const evaluate = widened.parse(widen(expression, survey.insertions));
  const check = evaluate.check();
  if (!check.valid) {
    throw new CelError(firstLine(check.error), narrow(startOf(check.error), survey.insertions));
  }
  if (check.type !== 'bool') {
    throw new CelError(`gives ${check.type ?? 'something unknown'}, not true or false`, 0);
  }
  const reads = [...survey.names].map((name): [string, Read] => {
    const variable = variables.get(name);
    if (variable === undefined) throw new CelError(`Unknown variable: ${name}`, 0);
    return [name, variable.read];
  });
  return (request) => {
    const values: Record<string, unknown> = {};
    for (const [name, read] of reads) {
      const value = read(request);
      if (value === null || value === undefined) return null;
      values[name] = value;
    }
    return evaluate(values) === true;
  };
}

function parse(expression: string): ASTNode {
  try {
    return written.parse(expression).ast;
  } catch (error) {
    throw new CelError(firstLine(error), startOf(error));
  }
}

interface Survey {
  nodes: number;
  names: Set<string>;
  insertions: { at: number; text: string }[];
}

interface Scope {
  depth: number;
  inLoop: boolean;
  /** Names that a loop gives to what it looks at. */
  bound: ReadonlySet<string>;
}

function visit(node: ASTNode, survey: Survey, scope: Scope): void {
  survey.nodes += 1;
  if (survey.nodes > mostNodes) {
    throw new CelError(`is made of more than ${mostNodes} parts`, node.start);
  }
  if (scope.depth > deepest) throw new CelError(`is more than ${deepest} levels deep`, node.start);
  const inner = { ...scope, depth: scope.depth + 1 };
  const each = (...nodes: readonly ASTNode[]): void => {
    for (const part of nodes) visit(part, survey, inner);
  };
  switch (node.op) {
    case 'value':
      return visitValue(node, survey);
    case 'id':
      if (!scope.bound.has(node.args)) survey.names.add(node.args);
      return;
    case '.':
      return each(node.args[0]);
    case 'call':
      return visitCall(node, node.args[0], node.args[1], survey, inner);
    case 'rcall':
      return visitMethod(node, survey, inner);
    case 'list':
      return each(...node.args);
    case '!_':
    case '-_':
      return each(node.args);
    case '.?':
    case '[?]':
    case 'map':
    case '%':
      throw new CelError(`may not use ${node.op === 'map' ? 'a map' : node.op}`, node.start);
    default:
      return each(...node.args);
  }
}

function visitValue(node: ASTNode, survey: Survey): void {
  const value = node.args;
  if (typeof value === 'bigint') {
    const text = node.input.slice(node.start, node.end);
    if (!/^-?\d{1,15}$/.test(text)) {
      throw new CelError(`has the number ${text}; write it in decimal`, node.start);
    }
    survey.insertions.push({ at: node.end, text: '.0' });
  } else if (!['string', 'number', 'boolean'].includes(typeof value)) {
    throw new CelError('may hold text, numbers, true and false only', node.start);
  }
}

function visitCall(
  node: ASTNode,
  name: string,
  parameters: readonly ASTNode[],
  survey: Survey,
  scope: Scope,
): void {
  if (!functions.has(name)) throw refusedFunction(name, functions, node);
  if (name === 'size') widenResult(node, survey);
  for (const parameter of parameters) visit(parameter, survey, scope);
}

function visitMethod(node: Extract<ASTNode, { op: 'rcall' }>, survey: Survey, scope: Scope): void {
  const [name, receiver, parameters] = node.args;
  const isLoop = comprehensions.has(name);
  if (!isLoop && !methods.has(name)) {
    throw refusedFunction(name, [...methods, ...comprehensions], node);
  }
  visit(receiver, survey, scope);
  if (!isLoop) {
    if (name === 'size') widenResult(node, survey);
    for (const parameter of parameters) visit(parameter, survey, scope);
    return;
  }
  if (scope.inLoop) throw new CelError(`has ${name} inside another loop`, node.start);
  const [variable, body] = parameters;
  if (variable?.op !== 'id' || body === undefined) {
    throw new CelError(`has ${name} without a name and a condition`, node.start);
  }
  // A loop that named its item like a fact would hide the fact.
  if (variables.has(variable.args)) {
    throw new CelError(`gives the name ${variable.args} a second meaning`, variable.start);
  }
  survey.nodes += 1;
  visit(body, survey, { ...scope, inLoop: true, bound: new Set([variable.args]) });
}

function refusedFunction(name: string, known: Iterable<string>, node: ASTNode): CelError {
  const reason = name === 'matches' ? ', because a regular expression can block for seconds' : '';
  return new CelError(
    `may not use ${name}${reason}. There are ${[...known].join(', ')}`,
    node.start,
  );
}

/** A size is an integer in CEL; made a double it compares with everything else. */
function widenResult(node: ASTNode, survey: Survey): void {
  survey.insertions.push({ at: node.start, text: 'double(' }, { at: node.end, text: ')' });
}

function widen(expression: string, insertions: Survey['insertions']): string {
  let text = '';
  let from = 0;
  // Of two at one place the number's ending comes before a closing bracket: it was put in later,
  // and stands inside.
  const ordered = insertions
    .map((insertion, order) => ({ ...insertion, order }))
    .toSorted((a, b) => a.at - b.at || rank(a.text) - rank(b.text) || a.order - b.order);
  for (const { at, text: inserted } of ordered) {
    text += expression.slice(from, at) + inserted;
    from = at;
  }
  return text + expression.slice(from);
}

/** Returns the place in the expression as written of a place in the widened one. */
function narrow(offset: number, insertions: Survey['insertions']): number {
  let place = offset;
  for (const { at, text } of insertions.toSorted((a, b) => a.at - b.at)) {
    if (at < place) place = Math.max(at, place - text.length);
  }
  return place;
}

function rank(text: string): number {
  return ['.0', ')', 'double('].indexOf(text);
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
