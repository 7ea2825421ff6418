import { join } from 'node:path';
import { AdjutantError } from '@adjutant/core/ports';
import type { SetupStep, SetupSteps } from '@adjutant/gateway';
import type { CommandContext } from '../command-context.ts';
import { dataFolder } from '../config/data-folder.ts';
import { cloneAround } from '../init/git-ignore.ts';
import { lookAround } from '../init/look-around.ts';
import type { OpenAdjutant } from '../open-adjutant.ts';
import type { CliSetupStep, SetupContext } from './cli-setup-step.ts';
import { configPlace, writeSection } from './edit-config.ts';
import { skippedSteps } from './skipped-steps.ts';
import { trustWritten } from '../trust/trust-written.ts';
import { clonesStep } from './steps/clones.ts';
import { githubStep } from './steps/github.ts';
import { ignoreStep } from './steps/ignore.ts';
import { jiraStep } from './steps/jira.ts';
import { slackStep } from './steps/slack.ts';
import { teamsStep } from './steps/teams.ts';

const allSteps: readonly CliSetupStep[] = [
  clonesStep,
  githubStep,
  jiraStep,
  slackStep,
  teamsStep,
  ignoreStep,
];

/**
 * Returns the steps of `adjutant init` for the page: the same questions of the same code, written into
 * the configuration that this process was started with.
 */
export function createSetupSteps(
  context: CommandContext,
  opened: Pick<OpenAdjutant, 'secrets' | 'loaded' | 'stored'>,
): SetupSteps {
  const { loaded } = opened;
  const place = configPlace(loaded, context.io.cwd);
  const skipped = skippedSteps(join(dataFolder(context.io), 'setup.json'), place);
  const look = async (): Promise<SetupContext> => {
    const here = await lookAround({ ...context, io: { ...context.io, cwd: loaded.folder } });
    const write = (keys: readonly string[], value: unknown): void =>
      trustWritten(context, place, () => writeSection(place, keys, value, loaded.config));
    return { context, opened, here, place, write };
  };
  return {
    async list() {
      const setup = await look();
      const left = skipped.read();
      return allSteps
        .filter((step) => applies(step, setup))
        .map((step) => shownStep(step, setup, left.has(step.id)));
    },
    async check(stepId, values) {
      return await stepNamed(stepId).try(await look(), values);
    },
    async apply(stepId, values) {
      const { keep, needsRestart = true } = stepNamed(stepId);
      const said = await keep(await look(), values);
      skipped.set(stepId, false);
      return { said, needsRestart };
    },
    async skip(stepId, isSkipped) {
      skipped.set(stepNamed(stepId).id, isSkipped);
    },
  };
}

/** Nobody is asked about teams that no file names, or about git outside of a clone. */
function applies({ id }: CliSetupStep, { here }: SetupContext): boolean {
  if (id === teamsStep.id) return here.teams.length > 0;
  return id !== ignoreStep.id || cloneAround(here.folder) !== null;
}

function shownStep(step: CliSetupStep, setup: SetupContext, isLeft: boolean): SetupStep {
  const { id, title, about, check } = step;
  const { isDone, standing, fields } = step.read(setup);
  const state = isDone ? 'done' : isLeft ? 'skipped' : 'open';
  return { id, title, about, check, standing, fields, state };
}

function stepNamed(id: string): CliSetupStep {
  const found = allSteps.find((step) => step.id === id);
  if (found !== undefined) return found;
  throw new AdjutantError('NotFound', 'There is no such step.', {
    hint: `There are ${allSteps.map((step) => step.id).join(', ')}.`,
  });
}
