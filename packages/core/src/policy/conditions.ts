import type { ConditionUse } from './policy.ts';
import type { PolicyRequest } from './policy-engine.ts';

/** Something that a rule can ask about an action. */
export interface ConditionDefinition {
  name: string;
  /** What is the case where it holds, as part of a sentence. */
  holds: string;
  /** Whether a rule gives it a number: `{cost_above: 5}`. */
  takesNumber: boolean;
  /** Returns null where it is not known; that counts against the action. */
  read(
    this: void,
    request: PolicyRequest,
    above: number,
    channelLimit: number | null,
  ): boolean | null;
}

/** The preparation's answer, under the same name. */
function prepared(name: string, holds: string): ConditionDefinition {
  return {
    name,
    holds,
    takesNumber: false,
    read: ({ conditions }) => {
      const value = conditions[name];
      return typeof value === 'boolean' ? value : null;
    },
  };
}

/** How many people a post reaches, as the preparation found out. */
export const channelMembers = 'channel_members';

function membersAbove({ conditions }: PolicyRequest, above: number): boolean | null {
  const members = conditions[channelMembers];
  return typeof members === 'number' && !Number.isNaN(members) ? members > above : null;
}

/** The closed list of named conditions. */
export const conditionDefinitions: readonly ConditionDefinition[] = [
  prepared('channel_public', 'everybody can read what it is posted to'),
  prepared('channel_external', 'people of another organisation can read what it is posted to'),
  prepared('target_is_protected_branch', 'the target is a protected branch'),
  prepared('draft', 'the pull request is a draft'),
  prepared('deploys', 'it may deploy'),
  prepared('contains_command', 'the text holds a command or mentions a bot'),
  prepared('checks_not_green', 'not every required check has passed'),
  prepared('changes_ci', 'it changes what continuous integration runs'),
  prepared('changes_owners', 'it changes who owns code'),
  prepared('changes_lockfile', 'it changes a lockfile'),
  {
    name: 'contains_personal_data',
    holds: 'what was proposed holds personal data or a secret',
    takesNumber: false,
    read: ({ containsSensitiveText }) => containsSensitiveText,
  },
  {
    name: 'requested_by_assistant',
    holds: 'an assistant proposed it',
    takesNumber: false,
    read: ({ requesterKind }) => requesterKind === 'agent',
  },
  {
    name: 'channel_size_above_limit',
    holds: 'the channel has more members than max_channel_size_auto_post',
    takesNumber: false,
    // Where there is no limit nothing is above it.
    read: (request, _above, channelLimit) =>
      channelLimit === null ? false : membersAbove(request, channelLimit),
  },
  {
    name: 'channel_size_above',
    holds: 'the channel has more members than',
    takesNumber: true,
    read: membersAbove,
  },
  {
    name: 'cost_above',
    holds: 'it costs more US dollars than',
    takesNumber: true,
    read: ({ costUsd }, above) => (Number.isFinite(costUsd) ? costUsd > above : null),
  },
];

const byName: ReadonlyMap<string, ConditionDefinition> = new Map(
  conditionDefinitions.map((definition) => [definition.name, definition]),
);

/** Returns the condition of this name; undefined where there is none. */
export function findCondition(name: string): ConditionDefinition | undefined {
  return byName.get(name);
}

/** Returns a condition as a policy file writes it. */
export function conditionText({ name, above }: ConditionUse): string {
  return above === null ? name : `${name}: ${above}`;
}

/** Names of what a preparation may tell: named conditions without a number, and the member count. */
export const preparedNames: readonly string[] = [
  ...conditionDefinitions
    .filter(({ takesNumber }) => !takesNumber)
    .map(({ name }) => name)
    .filter((name) => !['contains_personal_data', 'requested_by_assistant'].includes(name))
    .filter((name) => name !== 'channel_size_above_limit'),
  channelMembers,
];
