import type { RestField } from './rest-shapes.ts';

/** Which custom fields hold what. */
export interface FieldRoles {
  /** Fields that may hold the estimate, in the order in which they count. */
  points: readonly string[];
  sprint: string | null;
  /** The field that flags an issue as impeded. */
  flagged: string | null;
}

const sprintKind = 'com.pyxis.greenhopper.jira:gh-sprint';
/** The estimate of projects that a team manages itself. */
const teamPointsKind = 'com.pyxis.greenhopper.jira:jsw-story-points';
const numberKind = 'com.atlassian.jira.plugin.system.customfieldtypes:float';
const flagKind = 'com.atlassian.jira.plugin.system.customfieldtypes:multicheckboxes';

/**
 * Returns which fields hold estimates, sprints and flags: by their kind, because sites name them as
 * they like, and of plain numbers by the one name that Jira gave. What a board estimates by counts
 * first, and what the configuration names before that.
 */
export function fieldRoles(
  fields: readonly RestField[],
  { named, estimatedBy }: { named: string | undefined; estimatedBy: readonly string[] },
): FieldRoles {
  const ofKind = (kind: string): RestField[] =>
    fields.filter(({ schema }) => schema?.custom === kind);
  const candidates = [
    ...(named === undefined ? [] : [named]),
    ...estimatedBy,
    ...ofKind(teamPointsKind).map(({ id }) => id),
    ...ofKind(numberKind)
      .filter(({ name }) => /^story points?( estimate)?$/i.test(name?.trim() ?? ''))
      .map(({ id }) => id),
  ];
  return {
    points: named === undefined ? [...new Set(candidates)] : [named],
    sprint: ofKind(sprintKind)[0]?.id ?? null,
    flagged: ofKind(flagKind).find(({ name }) => /^flagged$/i.test(name?.trim() ?? ''))?.id ?? null,
  };
}
