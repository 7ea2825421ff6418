import type { GeneratedTeam } from '@adjutant/connectors/testing';
import type { CommandContext } from '../command-context.ts';
import { type DemoPlaces, demoTokenVariable, demoWriteTokenVariable } from './demo-config.ts';
import { type StartedHost, startDemoHost } from './start-demo-host.ts';
import { startDemoWork, type StartedWork } from './work/start-demo-work.ts';

/** Everything beside the clones, on this machine until it is closed. */
export interface DemoPlacesStarted {
  host: StartedHost;
  work: StartedWork;
  /** What a configuration names of them. */
  places: DemoPlaces;
  /** As a person would: each token in a variable, and beside it the one host that it is for. */
  env: Readonly<Record<string, string>>;
  close: () => Promise<void>;
}

/** Starts a code host, a board, a channel and a pager that hold a generated team. */
export async function startDemoPlaces(
  team: GeneratedTeam,
  start: (team: GeneratedTeam) => Promise<StartedHost> = startDemoHost,
): Promise<DemoPlacesStarted> {
  const host = await start(team);
  const work = await startDemoWork(team);
  const { baseUrl, organization, repositories, token, writeToken } = host;
  const address = new URL(baseUrl).host;
  return {
    host,
    work,
    places: { host: { baseUrl, organization, repositories }, work },
    env: {
      ...work.env,
      [demoTokenVariable]: token,
      [`${demoTokenVariable}_HOST`]: address,
      [demoWriteTokenVariable]: writeToken,
      [`${demoWriteTokenVariable}_HOST`]: address,
    },
    async close() {
      await work.close();
      await host.close();
    },
  };
}

/** Returns a context whose environment holds more. */
export function withEnvironment<Context extends CommandContext>(
  context: Context,
  env: Readonly<Record<string, string>>,
): Context {
  return { ...context, io: { ...context.io, env: { ...context.io.env, ...env } } };
}
