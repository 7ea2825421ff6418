import type { CommandContext } from '../command-context.ts';
import { findConfig } from '../config/find-config.ts';
import { reportError } from '../error-report.ts';
import { redact } from '../known-secrets.ts';
import { openAdjutant } from '../open-adjutant.ts';
import { checkActions } from './check-actions.ts';
import { checkApprovals } from './check-approvals.ts';
import { checkCheckpoints } from './check-checkpoints.ts';
import { checkClients } from './check-clients.ts';
import { checkMachine } from './check-machine.ts';
import { proposalChecks, sourceChecks } from './check-sources.ts';
import { checkStore } from './check-store.ts';
import { type Check, failed, note, ok } from './checks.ts';

/** Looks at everything that has to be right, and goes on where something is not. */
export async function runDoctor(context: CommandContext): Promise<Check[]> {
  const { io, configPath } = context;
  const checks = await checkMachine(context);
  const attempt = async (id: string, look: () => Promise<Check[]> | Check[]): Promise<void> => {
    try {
      checks.push(...(await look()));
    } catch (error) {
      const { message, hint } = reportError(error, {
        redact: (text) => redact(text, context.secrets),
        isDebug: false,
      });
      checks.push(failed(id, message, hint ?? 'Run "adjutant status" for more.'));
    }
  };
  await attempt('configuration', () => [
    checkConfiguration(findConfig(io, configPath)?.path ?? null),
  ]);
  await attempt('store', async () => {
    const { adjutant, handle, loaded } = await openAdjutant(context);
    try {
      const stored = await checkStore(adjutant, handle, loaded, io.platform);
      const proposals = await handle.teamProposals.list();
      return [
        ...stored,
        ...(await checkApprovals(adjutant)),
        ...(await checkActions(adjutant, handle)),
        ...(await checkCheckpoints(handle, loaded, context.clock.now())),
        ...sourceChecks(await adjutant.check()),
        ...proposalChecks(proposals),
      ];
    } finally {
      await adjutant.close();
    }
  });
  await attempt('clients', () => checkClients(io, findConfig(io, configPath)?.path ?? null));
  return checks;
}

function checkConfiguration(path: string | null): Check {
  if (path !== null) return ok('configuration', `configuration ${path}`);
  return note(
    'configuration',
    'There is no adjutant.config.yaml here or above.',
    'Run "adjutant init" in a clone.',
  );
}
