/** The buttons of a group's greeting. */
import { declareButtons } from '../../telegram/buttons.ts';

export const buttons = declareButtons('g', { list: {}, settings: {}, help: {} });
