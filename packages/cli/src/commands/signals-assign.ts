import { AdjutantError } from '@adjutant/core/ports';
import { plainText } from '@adjutant/insights';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { findOneFinding } from '../find-one-finding.ts';
import { findOnePerson } from '../find-one-person.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({
  finding: z.string().min(1).max(100),
  person: z.string().min(1).max(200).optional(),
  nobody: z.boolean().default(false),
});

/** `adjutant signals assign <finding> <person>`, or `--nobody` */
export const signalsAssign: Command = async (context, raw) => {
  const { finding: named, person: who, nobody } = parseInput(inputSchema, raw);
  if ((who === undefined) === !nobody) {
    throw new AdjutantError('InvalidInput', 'A finding is given to somebody, or to nobody.', {
      hint: 'Name a person, or write --nobody.',
    });
  }
  const { output } = context;
  return withAdjutant(context, async ({ handle }) => {
    const id = await findOneFinding(handle.signals, named);
    const person = who === undefined ? null : await findOnePerson(handle, who);
    const finding = await handle.signals.assign(id, person?.id ?? null);
    output.answer(finding, () => {
      const whose =
        person === null ? 'Nobody’s now:' : `Given to ${plainText(person.displayName, 80)}:`;
      return `${whose} ${plainText(finding.sentence, 600)}`;
    });
    return exitCodes.ok;
  });
};
