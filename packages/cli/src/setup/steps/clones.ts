import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { AdjutantError } from '@adjutant/core/ports';
import { git } from '@adjutant/connectors/git';
import { z } from 'zod';
import { debugLogger } from '../../debug-logger.ts';
import { proposedAnswers } from '../../init/init-answers.ts';
import { connectorsOf } from '../../init/render-config.ts';
import { readSection } from '../edit-config.ts';
import { type CliSetupStep, listOf, textOf } from '../cli-setup-step.ts';

const sectionSchema = z
  .looseObject({
    repositories: z.array(z.string()).catch([]),
    deployments: z.looseObject({ tags: z.string() }).optional().catch(undefined),
  })
  .optional()
  .catch(undefined);

/** Clones on this machine: history, and which tags are deployments. */
export const clonesStep: CliSetupStep = {
  id: 'clones',
  title: 'Clones on this machine',
  about:
    'The history of a clone is read without any token: what changed, who changed it, which tags there are. Nothing in it is written.',
  check: 'Try the folders',
  read({ here, place }) {
    const section = sectionSchema.parse(readSection(place, ['connectors', 'git']));
    const repositories = section?.repositories ?? proposedAnswers(here).repositories;
    return {
      isDone: section !== undefined,
      standing:
        section === undefined ? 'No clone is read.' : `Read: ${section.repositories.join(', ')}.`,
      fields: [
        {
          name: 'repositories',
          label: 'Folders',
          kind: 'several',
          hint: 'A line each; “.” is the folder of the configuration.',
          value: repositories.join('\n'),
        },
        {
          name: 'tags',
          label: 'Tags that are deployments',
          kind: 'text',
          hint: 'Such as v*. If tags are only versions, leave it empty: unknown is better than wrong.',
          value: section?.deployments?.tags ?? '',
        },
      ],
    };
  },
  async try(setup, values) {
    const { context, opened } = setup;
    const repositories = listOf(values, 'repositories').map((path) =>
      resolve(opened.loaded.folder, path),
    );
    if (repositories.length === 0) return { ok: false, said: 'No folder was named.' };
    const missing = repositories.filter((path) => !existsSync(path));
    if (missing.length > 0) return { ok: false, said: `There is no folder ${missing.join(', ')}.` };
    const { config, definition } = git({ repositories });
    const { items } = await definition.check({
      config,
      clock: context.clock,
      logger: debugLogger(context),
      fetch: globalThis.fetch,
      signal: context.io.signal,
    });
    const wrong = items.filter(({ ok }) => !ok);
    return wrong.length === 0
      ? { ok: true, said: 'Every folder can be read.' }
      : { ok: false, said: wrong.map(({ message }) => message).join(' ') };
  },
  async keep(setup, values) {
    const repositories = listOf(values, 'repositories');
    if (repositories.length === 0) {
      throw new AdjutantError('InvalidInput', 'No folder was named.', {
        hint: 'Name one, or leave the step out.',
      });
    }
    const tags = textOf(values, 'tags');
    const { git: section } = connectorsOf({
      repositories,
      deploymentTags: tags === '' ? null : tags,
      github: null,
      jira: null,
      slack: null,
    });
    setup.write(['connectors', 'git'], section);
    return `Kept: ${repositories.join(', ')}.`;
  },
};
