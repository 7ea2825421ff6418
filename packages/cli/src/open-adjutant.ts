import { resolve } from 'node:path';
import {
  type Adjutant,
  type ApprovalOptions,
  type ConfiguredConnector,
  createAdjutant,
  type CredentialProvider,
  type DeclaredPerson,
  type Notify,
  type Secrets,
  storedCredential,
  type WorkspaceHandle,
} from '@adjutant/core';
import { secretForms } from '@adjutant/core/ports';
import { knowledgeMethod } from '@adjutant/insights';
import { checkpointsIn } from './checkpoints-in.ts';
import { type CliKeys, cliKeys } from './cli-keys.ts';
import type { CommandContext } from './command-context.ts';
import type { Config } from './config/config-schema.ts';
import { type LoadedConfig, loadConfig } from './config/load-config.ts';
import { configuredVendors } from './configured-vendors.ts';
import { dataIn } from './data-in.ts';
import { debugLogger } from './debug-logger.ts';
import { flowIn } from './flow-in.ts';
import { relyingPartyIn } from './gateway-in.ts';
import { metricsFor } from './own-metrics.ts';
import { policyIn } from './policy-in.ts';
import { storeTokenFor } from './store-token.ts';
import { signalsIn } from './signals-in.ts';
import { installationIn } from './trust/installation-memory.ts';
import { serverOf } from './trust/store-place.ts';
import { tracerIn } from './tracer-in.ts';

export interface OpenAdjutant {
  adjutant: Adjutant;
  /** The workspace as the person at this terminal sees it. */
  handle: WorkspaceHandle;
  secrets: Secrets;
  keys: CliKeys;
  loaded: LoadedConfig;
  /** Gives a credential that is stored here, for the host that it was stored for. */
  stored: CredentialProvider;
}

/** The hosts whose credentials are stored without the host in their name. */
export const publicHosts = {
  github: 'api.github.com',
  pagerduty: 'api.pagerduty.com',
  slack: 'slack.com',
};

/** Opens the store that the configuration names, with the connectors that it configures. */
export async function openAdjutant(
  context: CommandContext,
  approvals?: ApprovalOptions,
  notify?: Notify,
): Promise<OpenAdjutant> {
  const loaded = await loadConfig(context);
  const { config, folder } = loaded;
  const keys = cliKeys(context.io);
  const logger = debugLogger(context);
  let opened: Secrets | null = null;
  // Asked for each request, long after the store is open.
  const stored: CredentialProvider = async (request) => {
    const value = opened === null ? null : await storedCredential(opened, publicHosts)(request);
    if (value !== null) context.secrets.push(...secretForms(value));
    return value;
  };
  const adjutant = await createAdjutant({
    store: config.store,
    baseDirectory: folder,
    ...storeTokenFor(config.store, context.io.env),
    connectors: await configuredConnectors(loaded, context.io.env, stored),
    metrics: await metricsFor(context.io),
    knowledge: knowledgeMethod,
    teams: config.teams,
    people: config.people.map(declaredPerson),
    clock: context.clock,
    logger,
    ...(await tracerIn(context.io.env, logger)),
    secrets: context.secrets,
    keyProvider: keys.provider,
    ...(approvals?.demoWorkspaceId === undefined ? installationIn(context, loaded) : {}),
    ...policyIn(folder),
    ...flowIn(config),
    ...(await signalsIn(context, loaded)),
    ...checkpointsIn(loaded, context.io),
    ...dataIn(loaded),
    ...approvalsIn(config, approvals),
    ...(notify === undefined ? {} : { notify }),
  });
  if (adjutant.isHeldBack()) warnOfHeldBack(context, loaded);
  const owner = await adjutant.owner();
  const secrets = adjutant.secrets(owner);
  opened = secrets;
  return { adjutant, handle: adjutant.workspace().as(owner), secrets, keys, loaded, stored };
}

/** Also in a pipe: a service that carries nothing out has to say so. */
function warnOfHeldBack({ io, output }: CommandContext, loaded: LoadedConfig): void {
  if (output.isJson) return;
  io.stderr.write(
    `Approvals in ${serverOf(loaded) ?? 'the store'} do not count here, so this machine carries nothing out. If it is your team's: adjutant trust --adopt\n`,
  );
}

/** Opens, works and closes, whatever happens. */
export async function withAdjutant<Result>(
  context: CommandContext,
  work: (opened: OpenAdjutant) => Promise<Result>,
  notify?: Notify,
): Promise<Result> {
  const opened = await openAdjutant(context, undefined, notify);
  try {
    return await work(opened);
  } finally {
    await opened.adjutant.close();
  }
}

function approvalsIn(
  config: Config,
  approvals: ApprovalOptions | undefined,
): { approvals?: ApprovalOptions } {
  const relyingParty = relyingPartyIn(config);
  if (relyingParty === null) return approvals === undefined ? {} : { approvals };
  return { approvals: { relyingParty, ...approvals } };
}

async function configuredConnectors(
  { config, folder }: LoadedConfig,
  env: CommandContext['io']['env'],
  stored: CredentialProvider,
): Promise<ConfiguredConnector[]> {
  const sections = config.connectors;
  const connectors: ConfiguredConnector[] = [];
  if (sections.git !== undefined) {
    const { git } = await import('@adjutant/connectors/git');
    const repositories = sections.git.repositories.map((path) => resolve(folder, path));
    connectors.push(git({ ...sections.git, repositories }));
  }
  connectors.push(...(await configuredVendors(sections, env, stored)));
  return connectors;
}

function declaredPerson({ name, accounts }: Config['people'][number]): DeclaredPerson {
  return {
    name,
    accounts: accounts.map((account) => {
      const at = account.indexOf(':');
      return { source: account.slice(0, at), externalId: account.slice(at + 1) };
    }),
  };
}
