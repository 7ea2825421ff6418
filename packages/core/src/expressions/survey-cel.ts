import type { ASTNode } from '@marcbachmann/cel-js';
import { nearestName } from '../nearest-name.ts';
import { CelError } from './cel-error.ts';
import type { CelVariables } from './cel-variable.ts';
import type { Insertion } from './widen-numbers.ts';

/** How much an expression may hold. */
export const mostNodes = 200;
export const deepest = 12;

const functions: ReadonlySet<string> = new Set(['size', 'has', 'double']);
const methods: ReadonlySet<string> = new Set(['startsWith', 'endsWith', 'contains', 'size']);
const comprehensions: ReadonlySet<string> = new Set(['exists', 'all', 'exists_one']);

/** What an expression names, and what makes its numbers double. */
export interface Survey {
  names: ReadonlySet<string>;
  insertions: readonly Insertion[];
}

interface Work {
  nodes: number;
  names: Set<string>;
  insertions: Insertion[];
  variables: CelVariables<never>;
  hasMaps: boolean;
}

interface Scope {
  depth: number;
  inLoop: boolean;
  /** Names that a loop gives to what it looks at. */
  bound: ReadonlySet<string>;
}

/**
 * Returns what an expression is made of, where it keeps to the subset that is read.
 * @throws CelError with the place in the expression
 */
export function surveyCel(root: ASTNode, variables: CelVariables<never>): Survey {
  const work: Work = {
    nodes: 0,
    names: new Set(),
    insertions: [],
    variables,
    hasMaps: [...variables.values()].some(({ type }) => type.startsWith('map')),
  };
  visit(root, work, { depth: 1, inLoop: false, bound: new Set() });
  return work;
}

function visit(node: ASTNode, work: Work, scope: Scope): void {
  work.nodes += 1;
  if (work.nodes > mostNodes) {
    throw new CelError(`is made of more than ${mostNodes} parts`, node.start);
  }
  if (scope.depth > deepest) throw new CelError(`is more than ${deepest} levels deep`, node.start);
  const inner = { ...scope, depth: scope.depth + 1 };
  const each = (...nodes: readonly ASTNode[]): void => {
    for (const part of nodes) visit(part, work, inner);
  };
  switch (node.op) {
    case 'value':
      return visitValue(node, work);
    case 'id':
      return visitName(node, node.args, work, scope);
    case '.':
      if (!work.hasMaps) throw lookingInto(node);
      return each(node.args[0]);
    case 'call':
      return visitCall(node, node.args[0], node.args[1], work, inner);
    case 'rcall':
      return visitMethod(node, work, inner);
    case 'list':
      return each(...node.args);
    case '!_':
    case '-_':
      return each(node.args);
    case '==':
    case '!=':
      compareText(node.args, work, scope);
      return each(...node.args);
    case 'in':
      compareList(node.args, work, scope);
      return each(...node.args);
    case '[]':
      if (!work.hasMaps) throw lookingInto(node);
      return each(...node.args);
    case '.?':
    case '[?]':
    case 'map':
    case '%':
      throw new CelError(`may not use ${node.op === 'map' ? 'a map' : node.op}`, node.start);
    default:
      return each(...node.args);
  }
}

function visitName(node: ASTNode, name: string, work: Work, scope: Scope): void {
  if (scope.bound.has(name)) return;
  if (!work.variables.has(name)) {
    const meant = nearestName(name, [...work.variables.keys(), ...scope.bound]);
    const hint = meant === null ? null : `Did you mean ${meant}?`;
    throw new CelError(`Unknown variable: ${name}`, node.start, hint);
  }
  work.names.add(name);
}

function lookingInto(node: ASTNode): CelError {
  const hint = 'Of a list ask with in, exists, all or size; of a text with contains.';
  return new CelError('may not look into a value with "." or "[]"', node.start, hint);
}

function visitValue(node: ASTNode, work: Work): void {
  const value = node.args;
  if (typeof value === 'bigint') {
    const text = node.input.slice(node.start, node.end);
    if (!/^-?\d{1,15}$/.test(text)) {
      throw new CelError(`has the number ${text}; write it in decimal`, node.start);
    }
    work.insertions.push({ at: node.end, text: '.0' });
  } else if (!['string', 'number', 'boolean'].includes(typeof value)) {
    throw new CelError('may hold text, numbers, true and false only', node.start);
  }
}

function visitCall(
  node: ASTNode,
  name: string,
  parameters: readonly ASTNode[],
  work: Work,
  scope: Scope,
): void {
  if (!functions.has(name)) throw refusedFunction(name, functions, node);
  if (name === 'size') widenResult(node, work);
  for (const parameter of parameters) visit(parameter, work, scope);
}

function visitMethod(node: Extract<ASTNode, { op: 'rcall' }>, work: Work, scope: Scope): void {
  const [name, receiver, parameters] = node.args;
  const isLoop = comprehensions.has(name);
  if (!isLoop && !methods.has(name)) {
    throw refusedFunction(name, [...methods, ...comprehensions], node);
  }
  visit(receiver, work, scope);
  if (!isLoop) {
    if (name === 'size') widenResult(node, work);
    for (const parameter of parameters) visit(parameter, work, scope);
    return;
  }
  if (scope.inLoop) throw new CelError(`has ${name} inside another loop`, node.start);
  const [variable, body] = parameters;
  if (variable?.op !== 'id' || body === undefined) {
    throw new CelError(`has ${name} without a name and a condition`, node.start);
  }
  // A loop that named its item like a fact would hide the fact.
  if (work.variables.has(variable.args)) {
    throw new CelError(`gives the name ${variable.args} a second meaning`, variable.start);
  }
  work.nodes += 1;
  visit(body, work, { ...scope, inLoop: true, bound: new Set([variable.args]) });
}

function refusedFunction(name: string, known: Iterable<string>, node: ASTNode): CelError {
  const reason = name === 'matches' ? ', because a regular expression can block for seconds' : '';
  return new CelError(
    `may not use ${name}${reason}. There are ${[...known].join(', ')}`,
    node.start,
  );
}

/** A size is an integer in CEL; made a double it compares with everything else. */
function widenResult(node: ASTNode, work: Work): void {
  work.insertions.push({ at: node.start, text: 'double(' }, { at: node.end, text: ')' });
}

type Pair = readonly [ASTNode, ASTNode];

function compareText([left, right]: Pair, work: Work, scope: Scope): void {
  requireValue(left, right, work, scope);
  requireValue(right, left, work, scope);
}

function compareList([item, list]: Pair, work: Work, scope: Scope): void {
  if (list.op !== 'list') return;
  for (const entry of list.args) requireValue(item, entry, work, scope);
}

/** What can be one of a few texts only is never another: asking for that is a slip of the pen. */
function requireValue(name: ASTNode, text: ASTNode, work: Work, scope: Scope): void {
  if (name.op !== 'id' || text.op !== 'value' || scope.bound.has(name.args)) return;
  const values = work.variables.get(name.args)?.values;
  const asked = text.args;
  if (values === undefined || typeof asked !== 'string' || values.includes(asked)) return;
  const meant = nearestName(asked, values);
  const known = `It is one of: ${values.join(', ')}.`;
  throw new CelError(
    `${name.args} is never "${asked.slice(0, 60)}"`,
    text.start,
    meant === null ? known : `Did you mean "${meant}"? ${known}`,
  );
}
