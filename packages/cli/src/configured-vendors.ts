import type { AnyActionDefinition, ConfiguredConnector, CredentialProvider } from '@adjutant/core';
import type { Config } from './config/config-schema.ts';
import type { Environment } from './connector-credential.ts';

type Sections = Config['connectors'];

/** Returns a connector for each vendor that is configured, loaded only then. */
export async function configuredVendors(
  { github, jira, pagerduty, slack, events }: Sections,
  env: Environment,
  stored: CredentialProvider,
): Promise<ConfiguredConnector[]> {
  const connectors: ConfiguredConnector[] = [];
  if (github !== undefined) {
    const { configuredGithub } = await import('./configured-github.ts');
    connectors.push(await configuredGithub(github, env, stored));
  }
  if (jira !== undefined) {
    const { configuredJira } = await import('./configured-jira.ts');
    connectors.push(await configuredJira(jira, env, stored));
  }
  if (pagerduty !== undefined) {
    const { configuredPagerduty } = await import('./configured-pagerduty.ts');
    connectors.push(await configuredPagerduty(pagerduty, env, stored));
  }
  if (slack !== undefined) {
    const { configuredSlack } = await import('./configured-slack.ts');
    connectors.push(await configuredSlack(slack, env, stored));
  }
  if (events !== undefined) {
    const { configuredEvents } = await import('./configured-events.ts');
    connectors.push(await configuredEvents(events, env));
  }
  return connectors;
}

/**
 * Returns what an assistant may propose: names, schemas and tiers. No credential goes with it, and
 * nothing of it is carried out in this process.
 */
export async function proposableActions(sections: Sections): Promise<AnyActionDefinition[]> {
  const connectors = await configuredVendors(sections, {}, async () => null);
  return connectors.flatMap(({ definition, config }) => [...(definition.actions?.(config) ?? [])]);
}
