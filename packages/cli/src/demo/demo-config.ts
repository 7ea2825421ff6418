import { stringify } from 'yaml';

/** The variable that holds the twin's token for the length of a demo. */
export const demoTokenVariable = 'ADJUTANT_DEMO_TOKEN';

/** The variable that holds the twin's other token, with which approved actions are carried out. */
export const demoWriteTokenVariable = 'ADJUTANT_DEMO_WRITE_TOKEN';

/** A code host with the same team, as a configuration names it. */
export interface DemoHost {
  baseUrl: string;
  organization: string;
  repositories: readonly string[];
}

/** Returns the configuration of the made-up team: its clones, and the code host where there is one. */
export function demoConfig(clones: readonly string[], host: DemoHost | null): string {
  const git = { repositories: clones, deployments: { tags: 'v*', environment: 'production' } };
  const credentials = {
    token: `\${${demoTokenVariable}}`,
    writeToken: `\${${demoWriteTokenVariable}}`,
  };
  const connectors = host === null ? { git } : { git, github: { ...host, ...credentials } };
  return stringify({ store: 'file:demo.db', connectors });
}
