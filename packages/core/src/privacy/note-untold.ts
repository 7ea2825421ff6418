import type { MetricFilter } from '../domain.ts';
import type { ReadContext } from '../reads/read-context.ts';
import type { RefusalReason } from './refusal.ts';
import type { InformationClass } from './visibility.ts';

/** Has it noted that a figure on people was asked for and not told; not which one, and not of whom. */
export function noteUntold(
  { noteRefusal }: Pick<ReadContext, 'noteRefusal'>,
  filter: MetricFilter | null,
  reason: RefusalReason,
): void {
  noteRefusal?.({ class: classOf(filter), reason });
}

function classOf(filter: MetricFilter | null): InformationClass {
  if (filter?.people === undefined) return 'figures_on_people';
  // What was asked about one person alone is that person's to see.
  return filter.people.length === 1 ? 'own_view' : 'chosen_set';
}
