import { hash } from 'node:crypto';
import {
  chartStyleSheet,
  dashboardScript,
  dashboardStyleSheet,
  pageScript,
  peopleStyleSheet,
  styleSheet,
} from './static-texts.ts';

/** A file that pages load. */
export interface Asset {
  /** Where a page finds this very text; a changed one has another address. */
  address: string;
  /** What the address carries, made of the text. */
  version: string;
  contentType: string;
  text: string;
}

/** One file: a page is painted once all of its styles are there, and each is another way to the server. */
const figureStyles = (): string =>
  [styleSheet, dashboardStyleSheet, chartStyleSheet, peopleStyleSheet]
    .map((text) => text())
    .join('\n');

const texts = {
  'page.css': styleSheet,
  'dashboard.css': figureStyles,
  'page.js': pageScript,
  'dashboard.js': dashboardScript,
} as const;

export type AssetName = keyof typeof texts;

/** Every file that a page of ours loads. */
export const assetNames = Object.keys(texts) as AssetName[];

const known = new Map<AssetName, Asset>();
const versionCharacters = 12;

/** Returns a file; it is read once for a process. */
export function assetOf(name: AssetName): Asset {
  const found = known.get(name);
  if (found !== undefined) return found;
  const text = texts[name]();
  const version = hash('sha256', text, 'base64url').slice(0, versionCharacters);
  const type = name.endsWith('.css') ? 'text/css' : 'text/javascript';
  const asset = {
    address: `/assets/${name}?v=${version}`,
    version,
    contentType: `${type}; charset=utf-8`,
    text,
  };
  known.set(name, asset);
  return asset;
}
