import { AdjutantError } from '@adjutant/core/ports';
import { plainText } from '@adjutant/insights';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { findOneIncident } from '../find-one-incident.ts';
import { findOnePerson } from '../find-one-person.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({
  id: z.string().min(1).max(200),
  work: z.string().min(1).max(120),
  owner: z.string().min(1).max(200).optional(),
  until: z.iso.date('is written as a day, such as 2026-01-31').optional(),
  remove: z.boolean().default(false),
});

/** `adjutant incident follow-up <id> <work>`, or `--remove` */
export const incidentFollowUp: Command = async (context, raw) => {
  const { id, work, owner, until, remove } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ handle }) => {
    const incident = await findOneIncident(handle, id);
    if (remove) {
      const { followUps } = await handle.incidents.course(incident);
      const known = followUps.find(
        ({ reference }) => reference.toLowerCase() === work.toLowerCase(),
      );
      if (known === undefined) {
        throw new AdjutantError('NotFound', `"${plainText(work, 80)}" is no follow-up of it.`);
      }
      await handle.incidents.removeFollowUp(incident, known.id);
      context.output.answer({ removed: known.id }, () => `${known.reference} follows no longer.`);
      return exitCodes.ok;
    }
    const ownerPersonId = owner === undefined ? undefined : (await findOnePerson(handle, owner)).id;
    const added = await handle.incidents.addFollowUp(incident, {
      reference: work,
      ownerPersonId,
      dueDay: until,
    });
    context.output.answer(added, () => {
      const who = added.owner === null ? '' : `, by ${plainText(added.owner.displayName, 80)}`;
      return `${added.reference} follows from it${who}${added.dueDay === null ? '' : `, until ${added.dueDay}`}.`;
    });
    return exitCodes.ok;
  });
};
