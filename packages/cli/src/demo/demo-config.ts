import { stringify } from 'yaml';
import type { StartedWork } from './work/start-demo-work.ts';

/** The variable that holds the twin's token for the length of a demo. */
export const demoTokenVariable = 'ADJUTANT_DEMO_TOKEN';

/** The variable that holds the twin's other token, with which approved actions are carried out. */
export const demoWriteTokenVariable = 'ADJUTANT_DEMO_WRITE_TOKEN';

/** The file of the demo's store, beside its configuration. */
export const demoStoreName = 'demo.db';
const demoStore = `file:${demoStoreName}`;

/** A code host with the same team, as a configuration names it. */
export interface DemoHost {
  baseUrl: string;
  organization: string;
  repositories: readonly string[];
}

/** What stands beside the clones: a code host, and where the team plans, talks and is called at night. */
export interface DemoPlaces {
  host: DemoHost;
  work: Pick<StartedWork, 'connectors' | 'people'>;
}

/** Returns the configuration of the made-up team: its clones, and what else there is of it. */
export function demoConfig(clones: readonly string[], places: DemoPlaces | null): string {
  const git = { repositories: clones, deployments: { tags: 'v*', environment: 'production' } };
  const credentials = {
    token: `\${${demoTokenVariable}}`,
    writeToken: `\${${demoWriteTokenVariable}}`,
  };
  if (places === null) return stringify({ store: demoStore, connectors: { git } });
  const github = { ...places.host, ...credentials };
  const { connectors, people } = places.work;
  return stringify({ store: demoStore, connectors: { git, github, ...connectors }, people });
}
