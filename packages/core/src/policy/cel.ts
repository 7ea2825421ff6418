import type { CelVariable } from '../expressions/cel-variable.ts';
import { createCel } from '../expressions/create-cel.ts';
import type { CelCondition } from './cel-contract.ts';
import { channelMembers, conditionDefinitions } from './conditions.ts';
import type { PolicyRequest } from './policy-engine.ts';

type Variable = CelVariable<PolicyRequest>;

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

// Whatever is asked and not known counts against the action, even where the rest would decide.
const language = createCel({ variables, unknownWhere: 'anything_is' });

/** Names that an expression may use. */
export const celVariableNames = language.names;

/** Returns a `when` as a function. @throws CelError with the place in the expression */
export function compileCel(expression: string): CelCondition {
  return language.compile(expression).holds;
}
