import type { AiImpactDefinition } from '@adjutant/core/domain';
import { adoption } from './adoption.ts';
import { wholeWeeks } from './ai-weeks.ts';
import { compare } from './compare.ts';

/** How marks of coding tools are counted and compared. */
export const aiImpact: AiImpactDefinition = { weeks: wholeWeeks, compare, adoption };
