import { z } from 'zod';
import { teamsOf } from '../../init/render-config.ts';
import type { CliSetupStep } from '../cli-setup-step.ts';
import { readSection } from '../edit-config.ts';

const sectionSchema = z
  .array(z.looseObject({ name: z.string() }))
  .optional()
  .catch(undefined);

/** Teams as a CODEOWNERS file names them. */
export const teamsStep: CliSetupStep = {
  id: 'teams',
  title: 'Teams',
  about:
    'Teams own repositories, and figures can be narrowed to a team. CODEOWNERS of this clone names some.',
  check: null,
  read({ here, place }) {
    const section = sectionSchema.parse(readSection(place, ['teams']));
    const found = here.teams.map(({ owner }) => owner).join(', ');
    return {
      isDone: section !== undefined && section.length > 0,
      standing:
        section === undefined || section.length === 0
          ? `Found: ${found === '' ? 'none; teams can be written into the file' : found}.`
          : `There are ${section.map(({ name }) => name).join(', ')}.`,
      fields: [],
    };
  },
  try: async () => ({ ok: true, said: 'There is nothing to try.' }),
  async keep({ here, write }) {
    write(['teams'], teamsOf(here.teams, here.repository));
    return `Kept: ${here.teams.map(({ name }) => name).join(', ')}.`;
  },
};
