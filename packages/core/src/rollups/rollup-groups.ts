import { isOfPeople, type MetricDefinition, type MetricSubject } from '../domain.ts';

/** Metrics whose rows are cut by the same instant of the same subject: their columns are read once. */
export interface RollupGroup {
  key: string;
  subject: MetricSubject;
  windowColumn: string;
  definitions: readonly MetricDefinition[];
}

/**
 * Whether a metric has weekly values. One that no instant cuts says what is open now, and has no past
 * weeks; one on people is told in periods of four weeks.
 */
export function isRolledUp(definition: MetricDefinition): boolean {
  return definition.windowColumn !== null && !isOfPeople(definition);
}

/** Returns the metrics that have weekly values, by what they are read from. */
export function groupDefinitions(metrics: readonly MetricDefinition[]): RollupGroup[] {
  const groups = new Map<string, RollupGroup & { definitions: MetricDefinition[] }>();
  for (const definition of metrics) {
    const { subject, windowColumn } = definition;
    if (windowColumn === null || !isRolledUp(definition)) continue;
    const key = `${subject} ${windowColumn}`;
    const group = groups.get(key);
    if (group === undefined)
      groups.set(key, { key, subject, windowColumn, definitions: [definition] });
    else group.definitions.push(definition);
  }
  return [...groups.values()];
}

/** Returns whether a group's metrics read a column. */
export function reads(group: RollupGroup, column: string): boolean {
  return group.definitions.some(({ columns }) => columns.map(String).includes(column));
}

/** Returns the other subjects that a group's metrics want to know of. */
export function alsoShown(group: RollupGroup): MetricSubject[] {
  return [...new Set(group.definitions.flatMap((definition) => definition.alsoShown ?? []))];
}
