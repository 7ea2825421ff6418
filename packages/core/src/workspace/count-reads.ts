import type { WorkspaceHandle } from './handle.ts';

const reads = [
  'teams',
  'overview',
  'listWork',
  'getWork',
  'metric',
  'explainMetric',
  'explainCitation',
  'compareMetric',
  'forecast',
  'syncStatus',
  'findPeople',
  'identitySuggestions',
  'identityChanges',
  'noteDrafts',
] as const satisfies readonly (keyof WorkspaceHandle)[];

/** Returns the handle with every read counted by its name. Writes have ledger entries of their own. */
export function countReads(
  handle: WorkspaceHandle,
  count: (what: string) => void,
): WorkspaceHandle {
  const { actions, aiImpact, audit, history, identityReview, knowledge, privacy } = handle;
  const { load, reports, rollups, signals, sprints } = handle;
  return {
    ...handle,
    ...counting(handle, reads, '', count),
    actions: { ...actions, ...counting(actions, ['get', 'list', 'statistics'], 'actions.', count) },
    audit: { ...audit, ...counting(audit, ['list', 'show', 'verify'], 'audit.', count) },
    aiImpact: counting(aiImpact, ['compare', 'adoption'], 'aiImpact.', count),
    knowledge: counting(knowledge, ['ask', 'search', 'whoKnows', 'indexLag'], 'knowledge.', count),
    incidents: {
      ...handle.incidents,
      ...counting(handle.incidents, ['list', 'course'], 'incidents.', count),
    },
    reviewers: counting(handle.reviewers, ['suggest'], 'reviewers.', count),
    rollups: counting(rollups, ['read'], 'rollups.', count),
    privacy: counting(privacy, ['report', 'refusals'], 'privacy.', count),
    load: { ...load, ...counting(load, ['mine', 'team'], 'load.', count) },
    reports: {
      ...reports,
      ...counting(
        reports,
        ['get', 'ofDay', 'list', 'shared', 'search', 'indexLag'],
        'reports.',
        count,
      ),
    },
    identityReview: {
      ...identityReview,
      ...counting(identityReview, ['unmatched', 'mergeable'], 'identityReview.', count),
    },
    signals: {
      ...signals,
      ...counting(signals, ['list', 'get', 'rules', 'subjects'], 'signals.', count),
    },
    sprints: counting(sprints, ['list', 'report', 'velocity'], 'sprints.', count),
    history: counting(
      history,
      ['deployment', 'commitsBetween', 'incident', 'workItem'],
      'history.',
      count,
    ),
    forTeam: (teamId) => countReads(handle.forTeam(teamId), count),
  };
}

function counting<Source, Name extends keyof Source & string>(
  source: Source,
  names: readonly Name[],
  prefix: string,
  count: (what: string) => void,
): Pick<Source, Name> {
  const counted = names.map((name) => {
    const read = source[name];
    if (typeof read !== 'function') throw new TypeError(`${name} is not read by calling it.`);
    const called = (...words: unknown[]): unknown => {
      count(`${prefix}${name}`);
      return Reflect.apply(read, source, words);
    };
    return [name, called];
  });
  return Object.fromEntries(counted) as Pick<Source, Name>;
}
