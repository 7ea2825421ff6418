import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { confirmAtTerminal } from '../confirm-at-terminal.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';
import { chosenOf, waitingLines, waitingText } from '../unconfirmed-text.ts';

const inputSchema = z.object({
  ids: z.array(z.string().min(6).max(200)).max(500).default([]),
  people: z.boolean().default(false),
  yes: z.boolean().default(false),
});

/** `adjutant approvers confirm [ids…] [--people] [--yes]`: lists what waits, or lets it count again. */
export const approversConfirm: Command = async (context, raw) => {
  const { ids, people, yes } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ adjutant }) => {
    const approvers = adjutant.approvers();
    const waiting = await approvers.listUnconfirmed();
    if (ids.length === 0 && !people) {
      context.output.answer(waiting, () => waitingText(waiting));
      return exitCodes.ok;
    }
    const named = chosenOf(waiting, ids);
    const chosen = people ? { ...named, people: waiting.people } : named;
    const asked = `${waitingLines(chosen).join('\n')}\nDo these people, passkeys and accounts belong here?`;
    const consequence = 'Whoever has such a passkey can approve what Adjutant then carries out.';
    if (!yes && !(await confirmAtTerminal(context, asked, consequence))) {
      context.output.answer({ confirmed: [] }, () => 'Nothing was confirmed.');
      return exitCodes.ok;
    }
    const authenticatorIds = chosen.passkeys.map(({ authenticatorId }) => authenticatorId);
    const grantIds = chosen.grants.map(({ id }) => id);
    const personIds = chosen.people.map(({ personId }) => personId);
    await approvers.confirm(await adjutant.owner(), { authenticatorIds, grantIds, personIds });
    const confirmed = [...authenticatorIds, ...grantIds, ...personIds];
    context.output.answer({ confirmed }, () =>
      ['Counts again:', ...waitingLines(chosen)].join('\n'),
    );
    return exitCodes.ok;
  });
};
