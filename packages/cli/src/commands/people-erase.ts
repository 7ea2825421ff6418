import type { Erasure } from '@adjutant/core';
import { formatNumber, plainText } from '@adjutant/insights';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { confirmAtTerminal } from '../confirm-at-terminal.ts';
import { exitCodes } from '../exit-codes.ts';
import { findOnePersonForAuthority } from '../find-one-person.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({
  person: z.string().min(1).max(200),
  yes: z.boolean().default(false),
});

/** `adjutant people erase <person> [--yes]` */
export const peopleErase: Command = async (context, raw) => {
  const { person, yes } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ adjutant, handle }) => {
    const { id, displayName } = await findOnePersonForAuthority(handle, person);
    const asked = `Erase ${plainText(displayName, 80)} (${id}) from the store, the index and the archives? It cannot be brought back.`;
    const consequence = 'What was erased cannot be brought back.';
    if (!yes && !(await confirmAtTerminal(context, asked, consequence))) {
      context.output.answer({ personId: id, erased: false }, () => 'Nobody was erased.');
      return exitCodes.ok;
    }
    const erasure = await adjutant.data(await adjutant.owner()).erasePerson(id);
    context.output.answer({ ...erasure, erased: true }, () => erasureText(erasure));
    return exitCodes.ok;
  });
};

function erasureText({ personId, remaining, ...counts }: Erasure): string {
  const left = Object.entries<number>({ ...remaining }).filter(([, rows]) => rows > 0);
  return [
    `Erased. ${personId} stays as an id, and is shown as "Erased person".`,
    `${formatNumber(counts.rowsDeleted)} rows deleted, ${formatNumber(counts.rowsRewritten)} rewritten, ${formatNumber(counts.ledgerEntries)} entries of the ledger and ${formatNumber(counts.archivesRewritten)} archives without them.`,
    ...left.map(
      ([where, rows]) =>
        `A name or address stays in ${formatNumber(rows)} of ${remainingWords[where] ?? where}: something is proven by it.`,
    ),
    'Backups, exports and this configuration still hold what they held: they are yours to look after.',
  ].join('\n');
}

const remainingWords: Readonly<Record<string, string>> = {
  ledger: 'the entries of the chain',
  rights: 'the rights to decide that were given',
  decisions: 'the decisions that were signed',
  openActions: 'the actions that are not settled; erase again once they are',
};
