import type { ASTNode } from '@marcbachmann/cel-js';
import type { CelVariables } from './cel-variable.ts';

/** At most so much of a value is looked at, whoever wrote it: how long an evaluation takes has a bound. */
export const mostListEntries = 100;
export const mostTextCharacters = 500;

interface Cost {
  /** Parts that are evaluated and values that are gone through, at most. */
  steps: number;
  /** Entries of a list or characters of a text, at most. */
  size: number;
}

/** Comparing texts goes through so many characters in the time of one step. */
const charactersPerStep = 50;
/** Looking for one text in another does so much of it in that time. */
const searchPerStep = 5_000;

/** Returns how many steps an expression takes at most, whatever the values are. */
export function celSteps(root: ASTNode, variables: CelVariables<never>): number {
  return costOf(root, variables).steps;
}

function costOf(node: ASTNode, variables: CelVariables<never>): Cost {
  const parts = (nodes: readonly ASTNode[]): Cost[] => nodes.map((part) => costOf(part, variables));
  switch (node.op) {
    case 'value':
      return { steps: 1, size: typeof node.args === 'string' ? node.args.length : 1 };
    case 'id': {
      const type = variables.get(node.args)?.type;
      return { steps: 1, size: type === 'list<string>' ? mostListEntries : mostTextCharacters };
    }
    case 'list':
      return { steps: 1 + stepsOf(parts(node.args)), size: node.args.length };
    case '!_':
    case '-_':
      return { steps: 1 + costOf(node.args, variables).steps, size: 1 };
    case '.':
      return costOf(node.args[0], variables);
    case 'call':
      return { steps: 1 + stepsOf(parts(node.args[1])), size: 1 };
    case 'rcall':
      return methodCost(node.args[0], node.args[1], node.args[2], variables);
    case '+': {
      const both = parts(node.args);
      const size = both.reduce((sum, part) => sum + part.size, 0);
      return { steps: 1 + stepsOf(both) + size / charactersPerStep, size };
    }
    case '?:': {
      const all = parts(node.args);
      return { steps: 1 + stepsOf(all), size: Math.max(...all.map(({ size }) => size)) };
    }
    case 'in': {
      const [item, list] = [costOf(node.args[0], variables), costOf(node.args[1], variables)];
      return { steps: 1 + item.steps + list.steps + list.size, size: 1 };
    }
    case 'map':
    case '.?':
    case '[?]':
      return { steps: Number.POSITIVE_INFINITY, size: 1 };
    default: {
      const both = parts(node.args);
      const longest = Math.max(...both.map(({ size }) => size));
      return { steps: 1 + stepsOf(both) + longest / charactersPerStep, size: mostTextCharacters };
    }
  }
}

function methodCost(
  name: string,
  receiver: ASTNode,
  parameters: readonly ASTNode[],
  variables: CelVariables<never>,
): Cost {
  const of = costOf(receiver, variables);
  const last = parameters.at(-1);
  const inner = last === undefined ? { steps: 0, size: 0 } : costOf(last, variables);
  if (name === 'size') return { steps: 1 + of.steps, size: 1 };
  if (name === 'contains') {
    return { steps: 1 + of.steps + inner.steps + (of.size * inner.size) / searchPerStep, size: 1 };
  }
  if (name === 'startsWith' || name === 'endsWith') {
    return { steps: 1 + of.steps + inner.steps + inner.size / charactersPerStep, size: 1 };
  }
  return { steps: 1 + of.steps + of.size * (2 + inner.steps), size: 1 };
}

function stepsOf(costs: readonly Cost[]): number {
  return costs.reduce((sum, { steps }) => sum + steps, 0);
}
