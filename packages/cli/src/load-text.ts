import type { LoadFigure, LoadItem, OwnLoad, TeamLoad } from '@adjutant/core';
import { countOf, formatDay, formatNumber, formatShare, plainText } from '@adjutant/insights';
import { bulletLines } from './answer-notes.ts';
import type { Output } from './output.ts';

/** Returns what lies on whoever asks. */
export function ownLoadText(load: OwnLoad, output: Output): string {
  const { fromDay, toDay, days, contextsPerDay, outOfHours, gaps } = load;
  const contexts =
    contextsPerDay === null
      ? 'No day of the last seven is known on which you touched anything.'
      : `On a middle day of ${countOf(days.length, 'day')} you touched ${countOf(contextsPerDay, 'repository or item', 'repositories and items')}.`;
  const outside =
    outOfHours === null
      ? 'Out of hours: unknown. Say which hours are yours: adjutant report hours --from 09:00 --to 17:00'
      : `Out of your hours: ${formatShare(outOfHours.share)} (${outOfHours.outside} of ${outOfHours.total}).`;
  return [
    output.colors.bold(`Your load, ${fromDay} to ${toDay}`),
    'Only you see this.',
    ...itemLines('Reviews asked of you', load.reviewsAsked, output),
    ...itemLines('Your open pull requests', load.openPullRequests, output),
    ...itemLines('Your items in progress', load.itemsInProgress, output),
    '',
    contexts,
    outside,
    ...(gaps.includes('author_unmapped')
      ? ['No account is mapped to you yet: adjutant people merge']
      : []),
  ].join('\n');
}

function itemLines(title: string, items: readonly LoadItem[], { colors }: Output): string[] {
  return [
    '',
    `${colors.bold(title)}: ${items.length}`,
    ...items.map(({ key, title: words, repository, since }) => {
      const place = repository === null ? '' : `  ${plainText(repository, 80)}`;
      const when = since === null ? '' : `  since ${formatDay(since)}`;
      return `  ${plainText(key, 60)}  ${plainText(words, 200)}${colors.dim(place + when)}`;
    }),
  ];
}

const titles: Readonly<Record<LoadFigure['id'], string>> = {
  reviews_asked: 'Reviews asked and not given',
  open_pull_requests: 'Open pull requests',
  items_in_progress: 'Items in progress',
  contexts_per_day: 'Repositories and items a day',
  out_of_hours_share: 'Out of declared hours',
};

/** Returns the middle load of a team, each figure with why it is not told where it is not. */
export function teamLoadText(
  { fromDay, toDay, figures, caveats }: TeamLoad,
  output: Output,
): string {
  return [
    output.colors.bold(`Load of a team, ${fromDay} to ${toDay}`),
    '',
    ...figures.flatMap((figure) => [
      `${titles[figure.id].padEnd(30)}${valueText(figure)}`,
      ...(figure.reason === null ? [] : bulletLines(figure.reason, output)),
    ]),
    '',
    ...caveats.flatMap((caveat) => bulletLines(caveat, output)),
  ].join('\n');
}

function valueText({ value, people, unit }: LoadFigure): string {
  if (value === null || people === null) return 'unknown';
  const told = unit === 'share' ? formatShare(value) : formatNumber(value, 1);
  return `${told}   middle of ${countOf(people, 'person', 'people')}`;
}
