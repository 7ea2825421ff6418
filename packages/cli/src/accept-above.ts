import type { WorkspaceHandle } from '@adjutant/core';
import { formatNumber } from '@adjutant/insights';
import type { CommandContext } from './command-context.ts';
import { mergesText } from './people-text.ts';
import { showWhole } from './show-whole.ts';

/** Shows who would be merged, asks unless told not to, and merges; each merge can be undone by itself. */
export async function acceptAbove(
  context: CommandContext,
  handle: WorkspaceHandle,
  { above, yes }: { above: number; yes: boolean },
): Promise<void> {
  const { output } = context;
  const shown = await handle.identityReview.mergeable({ above });
  if (shown.length === 0) {
    output.answer({ mergeable: [], merged: [] }, () => 'Nobody is surely one at that confidence.');
    return;
  }
  if (!yes && !(await isAgreed(context, mergesText(shown), shown.length))) {
    const ask = context.io.isInteractive ? '' : '\nNobody was merged. To merge them, add --yes.';
    output.answer({ mergeable: shown, merged: [] }, () =>
      ask === '' ? 'Nobody was merged.' : `${mergesText(shown)}${ask}`,
    );
    return;
  }
  const merged = await handle.identityReview.merge({ above, shown });
  output.answer({ mergeable: shown, merged }, () =>
    [
      ...(yes ? [mergesText(shown)] : []),
      `${formatNumber(merged.length)} merged. To take one back, the latest first:`,
      ...merged.map(({ id }) => `  adjutant people undo ${id}`),
    ].join('\n'),
  );
}

/** Where there is nobody to ask, nobody has agreed. */
async function isAgreed(
  { io, output }: CommandContext,
  text: string,
  count: number,
): Promise<boolean> {
  if (!io.isInteractive || output.isJson) return false;
  const prompts = await io.prompts();
  if (!(await showWhole(prompts, text))) return false;
  const message = `Merge ${count === 1 ? 'these two' : `these ${formatNumber(count)} pairs`}? Each can be undone.`;
  return (await prompts.confirm({ message, initial: false })) === true;
}
