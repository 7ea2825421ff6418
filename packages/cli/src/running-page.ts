import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { IdentityOperation } from '@adjutant/core';
import type { Viewer } from '@adjutant/core/domain';
import type { LoadedConfig } from './config/load-config.ts';
import type { OpenAdjutant } from './open-adjutant.ts';

const localFile = /^(?![a-z][a-z0-9+.-]+:)|^file:/i;

/** Returns what tells this installation from others on the machine: a digest of where its store is. */
export function installationOf({ config, folder }: LoadedConfig): string {
  const { store } = config;
  const place = localFile.test(store)
    ? resolve(folder, store.replace(/^file:(\/\/)?/i, '').split('?')[0] ?? '')
    : store;
  return createHash('sha256').update(`page of ${place}`).digest('hex');
}

/** A page of this installation that another process serves now. */
export interface RunningPage {
  origin: string;
  /** Returns the address of one action, for a browser that is signed in. */
  addressOf(actionId: string): string;
  /** Returns the address where a change of people is shown and confirmed. */
  addressOfChange(operation: IdentityOperation): string;
  /**
   * Makes a link that signs a browser in, once, within five minutes: the maker's own, or another
   * person's. It is worth no more than any other link: `cooperative`.
   */
  makeLink(wanted: {
    maker: Viewer;
    personId?: string | undefined;
    actionId?: string | undefined;
  }): Promise<{ link: string; expiresAt: number }>;
}

/** Returns the page that is being served for this installation at a port; null where none is. */
export async function findRunningPage(
  { adjutant, loaded }: Pick<OpenAdjutant, 'adjutant' | 'loaded'>,
  port?: number,
): Promise<RunningPage | null> {
  const { actionLink, changeAddress, findLocalPage, pageLink } = await import('@adjutant/gateway');
  const found = await findLocalPage({
    installation: installationOf(loaded),
    port,
    origin: loaded.config.gateway?.origin,
  });
  if (found === null) return null;
  const { origin } = found;
  return {
    origin,
    addressOf: (actionId) => actionLink(origin, actionId),
    addressOfChange: (operation) => `${origin}${changeAddress(operation)}`,
    async makeLink({ maker, personId, actionId }) {
      const { token, expiresAt } = await adjutant.approvers().createLoginLink(maker, personId);
      return { link: pageLink(origin, token, actionId), expiresAt };
    },
  };
}

/** What to do where no page is served. */
export const noPageWords = 'The page is not being served. In another terminal: adjutant serve';
