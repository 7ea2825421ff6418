/** What of the issues of some projects is wanted. */
export interface IssueQuery {
  projectIds: readonly string[];
  /** Last changed at or after this instant. @unit epoch milliseconds */
  updatedFrom?: number | null;
  /** Created at or after this instant. @unit epoch milliseconds */
  createdFrom?: number | null;
  order: 'created ASC' | 'updated DESC';
}

/**
 * Returns the JQL of a query. Instants are epoch milliseconds, because a written date is read in the
 * time zone of the token's account; and there is no upper bound, because an issue that changes while
 * it is read would slip over it.
 */
export function jqlOf({ projectIds, updatedFrom, createdFrom, order }: IssueQuery): string {
  const numbers = projectIds.filter((id) => /^\d+$/.test(id));
  const conditions = [
    `project in (${numbers.join(', ')})`,
    ...(updatedFrom === null || updatedFrom === undefined ? [] : [`updated >= ${updatedFrom}`]),
    ...(createdFrom === null || createdFrom === undefined ? [] : [`created >= ${createdFrom}`]),
  ];
  return `${conditions.join(' AND ')} ORDER BY ${order}, key ASC`;
}
