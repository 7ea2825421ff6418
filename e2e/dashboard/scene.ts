import type { Browser } from 'playwright-core';
import type { BrowserPage } from '../browser-page.ts';
import type { ServedDemo } from './served-demo.ts';

/** The served demo, and the owner of it at a browser. */
export interface Scene {
  demo: ServedDemo;
  browser: Browser;
  /** The owner, signed in from the first step on. */
  owner: BrowserPage;
  /** One of the team in each other role, signed in too: links hold five minutes. */
  others: Readonly<Record<'lead' | 'member', BrowserPage>>;
  /** Where pictures are left. */
  folder: string;
}

/** One step: what has to hold, and what does it. @returns the figures that were found, beside what they must be */
export type Step = readonly [name: string, run: (scene: Scene) => Promise<string>];

/** Opens a one-time link, as a person does who was given it. */
export async function signIn(page: BrowserPage, link: string): Promise<void> {
  await page.resize(1280, 900);
  await page.open(link);
  await page.click('form button');
  await page.waitFor(`location.pathname === '/'`);
}

/** Returns the text of the page as somebody reads it. */
export async function textOf(page: BrowserPage): Promise<string> {
  return String(await page.evaluate('document.body.innerText'));
}
