import { readFileSync } from 'node:fs';
import {
  type ActionDefinition,
  compilePolicy,
  knownActionTypes,
  parsePolicy,
  type PolicyRequest,
  policyActionTypes,
  type Preparation,
} from '@adjutant/core';
import { afterEach, describe, expect, it } from 'vitest';
import { actionCases } from '../__fixtures__/action-cases.ts';
import { type ActionTrial, startActionTrial } from '../__fixtures__/action-world.ts';
import { githubActions } from './index.ts';

let trial: ActionTrial;
const started: ActionTrial[] = [];
afterEach(async () => {
  for (const one of started.splice(0)) await one.close();
});

/** What the trial's workflow is, so that whether it deploys is known. */
const config = { nonDeployingWorkflows: { '*': ['Build.yml', 'build.yml'] } };

async function prepare(
  id: string,
  change: (trial: ActionTrial) => void = () => {},
): Promise<Preparation> {
  trial = await startTrial();
  const { before, payload } = actionCases[id] ?? expect.fail(`no example of ${id}`);
  before?.(trial);
  change(trial);
  const definition = trial.action(id) as unknown as ActionDefinition<unknown>;
  return await definition.prepare(
    trial.context,
    definition.inputSchema.parse({ ...payload(trial), ...more[id] }),
  );
}

async function startTrial(): Promise<ActionTrial> {
  const one = await startActionTrial(config);
  started.push(one);
  return one;
}
const more: Record<string, object> = {};

/** The table of the guide: each condition with who tells it. */
function guideTable(): [condition: string, toldBy: string][] {
  const guide = new URL('../../../../../docs/guide/policy.md', import.meta.url);
  const [, section = ''] = readFileSync(guide, 'utf8').split(/^Conditions:$/m);
  const [table = ''] = section.split(/^## /m);
  const rows = table.matchAll(/^\| `\{?(\w+)[^|`]*`\s*\|[^|]+\|\s*([^|]+?)\s*\|$/gm);
  return [...rows].map(([, condition = '', toldBy = '']) => [condition, toldBy]);
}

function tells(toldBy: string, id: string): boolean {
  const exceptions = toldBy.split(' but ')[1] ?? '';
  if (toldBy.startsWith('every action')) return !exceptions.includes(`\`${id}\``);
  return toldBy.includes(`\`${id}\``);
}

/** What the engine itself knows of every action, or makes of the count of members. */
const notPrepared = new Set([
  'contains_personal_data',
  'requested_by_assistant',
  'cost_above',
  'channel_size_above',
  'channel_size_above_limit',
]);

describe.each(Object.keys(actionCases))('%s', (id) => {
  it('tells policy what the guide says that it tells', async () => {
    const { conditions } = await prepare(id);
    const known = Object.keys(conditions).filter((name) => conditions[name] !== null);
    const documented = guideTable().flatMap(([name, toldBy]) =>
      !notPrepared.has(name) && tells(toldBy, id) ? [name] : [],
    );
    expect(known.toSorted()).toEqual(documented.toSorted());
  });
});

it('leaves no condition of the guide without an action that tells it', () => {
  const ids = [...Object.keys(actionCases), 'note.draft', 'message.post'];
  const table = guideTable();
  expect(table).toHaveLength(15);
  for (const [condition, toldBy] of table) {
    expect(
      ids.some((id) => tells(toldBy, id)),
      condition,
    ).toBe(true);
  }
});

describe('pr.merge', () => {
  const request = (conditions: Preparation['conditions']): PolicyRequest => ({
    type: 'pr.merge',
    risk: 'high',
    requesterKind: 'person',
    targetRef: 'acme/widgets#1',
    source: 'github',
    payload: {},
    conditions,
    costUsd: 0,
    spentUsd: 0,
    containsSensitiveText: false,
  });
  const modeFor = async (conditions: Preparation['conditions']): Promise<string> => {
    const text = `actions:
  pr.merge:
    mode: { base: require_approval, deny_if: [checks_not_green, changes_ci, draft] }
`;
    const actionTypes = policyActionTypes(githubActions(trial.config));
    const { policy } = await parsePolicy(text, { fileName: 'policy', actionTypes });
    return (await compilePolicy(policy, actionTypes)).evaluate(request(conditions)).mode;
  };

  it('that is green is not denied by what would deny a red one', async () => {
    const { conditions } = await prepare('pr.merge');
    expect(conditions).toEqual({
      draft: false,
      channel_public: false,
      checks_not_green: false,
      changes_ci: false,
      changes_owners: false,
      changes_lockfile: false,
      target_is_protected_branch: false,
      contains_command: false,
    });
    expect(await modeFor(conditions)).toBe('require_approval');
  });

  it.each<[string, string, (trial: ActionTrial) => void]>([
    [
      'a red check',
      'checks_not_green',
      ({ data, head }) =>
        data.setCheck(head, { name: 'build', state: 'FAILURE', isRequired: true }),
    ],
    [
      'a red check where none is required',
      'checks_not_green',
      ({ data, head }) =>
        data.setCheck(head, { name: 'build', state: 'FAILURE', isRequired: false }),
    ],
    ['a changed workflow', 'changes_ci', touching('.github/workflows/ci.yml')],
    ['changed owners', 'changes_owners', touching('.github/CODEOWNERS')],
    ['a changed lockfile', 'changes_lockfile', touching('pnpm-lock.yaml')],
    [
      'a protected base',
      'target_is_protected_branch',
      ({ repository }) => repository.protectedBranches.add('main'),
    ],
    [
      'a protected base with a slash in its name',
      'target_is_protected_branch',
      ({ pullRequest, repository }) => {
        pullRequest.baseRefName = 'release/1.x';
        repository.protectedBranches.add('release/1.x');
      },
    ],
    [
      'a command in its title',
      'contains_command',
      ({ pullRequest }) => (pullRequest.title = '/ok'),
    ],
  ])('with %s tells it', async (_what, condition, change) => {
    const { conditions } = await prepare('pr.merge', change);
    expect(conditions[condition]).toBe(true);
  });

  it.each<[string, string, (trial: ActionTrial) => void]>([
    ['no checks', 'checks_not_green', ({ head }) => head.checks.splice(0)],
    ['a renamed file', 'changes_owners', touching('src/old.ts', 'RENAMED')],
    [
      'more files than GitHub lists',
      'changes_ci',
      ({ pullRequest }) => (pullRequest.changedFiles = 9),
    ],
  ])('with %s does not claim to know', async (_what, condition, change) => {
    const { conditions } = await prepare('pr.merge', change);
    expect(conditions[condition]).toBeNull();
  });
});

function touching(path: string, changeType = 'MODIFIED') {
  return ({ pullRequest }: ActionTrial): void => {
    pullRequest.changedFiles = 1;
    pullRequest.files = [{ path, changeType, additions: 1, deletions: 1 } as never];
  };
}

it('pr.backport counts whom its text calls as nudged', async () => {
  more['pr.backport'] = { body: 'For you, @grace.' };
  const { nudges, recipients } = await prepare('pr.backport');
  expect(recipients).toContain('@grace');
  expect(nudges).toEqual([
    { source: 'github', externalId: String(trial.reviewer.id), itemKey: 'acme/widgets#1' },
  ]);
});

it('what is installed agrees with what policy knows of it, and with what the tiers mean', async () => {
  trial = await startTrial();
  const known = new Map(knownActionTypes.map((type) => [type.id, type]));
  for (const { id, risk, reversible } of githubActions(trial.config)) {
    expect({ id, risk, reversible }).toEqual({
      id,
      risk: known.get(id)?.risk,
      reversible: known.get(id)?.reversible,
    });
    // Visible but reversible; private drafts and labels; everything else is high.
    if (risk === 'medium') expect(reversible, id).toBe(true);
    if (risk === 'low') expect(['pr.label', 'note.draft']).toContain(id);
  }
});
