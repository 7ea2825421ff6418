import { isProductionEnvironment } from '@adjutant/core/domain';
import { boundedText } from '../../commits/text.ts';
import type { GithubConfig } from '../config.ts';

const maxLength = 255;

/**
 * Returns the environment's name so that it reads as production exactly where the configuration says
 * it is: names are all that the figures go by.
 */
export function environmentName(
  name: string | null | undefined,
  { productionEnvironments }: Pick<GithubConfig, 'productionEnvironments'>,
): string {
  const given = boundedText((name ?? '').trim(), maxLength);
  const shown = given === '' ? 'unnamed' : given;
  if (productionEnvironments === undefined) return shown;
  const wanted = productionEnvironments.some(
    (production) => production.toLowerCase() === shown.toLowerCase(),
  );
  if (wanted) return isProductionEnvironment(shown) ? shown : `production/${shown}`;
  return isProductionEnvironment(shown) ? `other/${shown}` : shown;
}
