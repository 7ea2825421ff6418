export const noDecisionReason =
  'No action was decided in this window. Actions belong to the whole workspace: a team or a repository has none.';

/** Positions of the actions that people decided, not policy. */
export function peopleDecided(byPolicy: readonly boolean[]): number[] {
  const positions: number[] = [];
  for (const [row, isPolicy] of byPolicy.entries()) if (!isPolicy) positions.push(row);
  return positions;
}
