import { describe, expect, it } from 'vitest';
import { contrastOf, hexColour, readableOn } from './colours';

describe('contrast', () => {
  it('is that of WCAG: 21 of black and white, 1 of equals, 4.54 of #767676 on white', () => {
    expect(contrastOf('#000000', '#ffffff')).toBeCloseTo(21, 2);
    expect(contrastOf('#123456', '#123456')).toBe(1);
    expect(contrastOf('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  });

  it('decides what can be read on a colour', () => {
    expect([readableOn('#ffee00'), readableOn('#0b3d91')]).toEqual(['#000000', '#ffffff']);
  });
});

describe('a colour', () => {
  it('is six hexadecimal digits, in any case of letters', () => {
    expect([hexColour(' #1F6FEB '), hexColour('#fff'), hexColour('url(x)'), hexColour('#12345g')]).toEqual(['#1f6feb', null, null, null]);
  });
});
