import type { TwinPullRequest } from '../data/records.ts';
import type { TwinContext } from './field-table.ts';
import type { GraphqlTwin } from './answer.ts';

/** How many pull requests change while a page is on its way. */
const driftingRows = 3;

/** Changes or deletes pull requests after a page of them went out and before the next is asked for. */
export function drift(
  { data, faults, dice, now }: GraphqlTwin,
  { repository, orderedBy, page }: TwinContext['openPages'][number],
): void {
  const occasion = { repository: repository.name, orderedBy };
  if (dice.happens('pageDrift', faults.pageDrift, occasion)) {
    const random = dice.numbersOf('pageDrift');
    const others = othersThan(page, [...repository.pullRequests.values()]);
    for (let count = 0; count < driftingRows && others.length > 0; count += 1) {
      const drifting = random.pick(others);
      data.touch(drifting, Math.max(now(), drifting.updatedAt));
    }
  }
  if (dice.happens('lostRows', faults.lostRows, occasion)) {
    const all = [...repository.pullRequests.values()];
    if (all.length > 0) data.deletePullRequest(dice.numbersOf('lostRows').pick(all));
  }
}

function othersThan(page: readonly TwinPullRequest[], all: TwinPullRequest[]): TwinPullRequest[] {
  const shown = new Set(page);
  return all.filter((request) => !shown.has(request));
}
