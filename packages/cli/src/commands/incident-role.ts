import { incidentRoleSchema } from '@adjutant/core/domain';
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
  role: incidentRoleSchema,
  person: z.string().min(1).max(200).optional(),
  nobody: z.boolean().default(false),
});

/** `adjutant incident role <id> <role> [person]`, or `--nobody`; without either, oneself */
export const incidentRole: Command = async (context, raw) => {
  const { id, role, person, nobody } = parseInput(inputSchema, raw);
  if (person !== undefined && nobody) {
    throw new AdjutantError('InvalidInput', 'A role is given to somebody, or to nobody.', {
      hint: 'Name a person, or write --nobody.',
    });
  }
  return withAdjutant(context, async ({ handle }) => {
    const incident = await findOneIncident(handle, id);
    const own = handle.viewer.kind === 'person' ? handle.viewer.personId : null;
    const personId = person === undefined ? own : (await findOnePerson(handle, person)).id;
    const roles = await handle.incidents.setRole(incident, role, nobody ? null : personId);
    context.output.answer({ roles }, () =>
      roles.length === 0
        ? 'Nobody has a role in it.'
        : roles.map((held) => `${held.role}: ${plainText(held.displayName, 80)}`).join('\n'),
    );
    return exitCodes.ok;
  });
};
