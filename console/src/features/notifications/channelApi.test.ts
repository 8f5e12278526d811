import { describe, expect, it } from 'vitest';
import { ApiError } from '../../api/errors';
import { headersIn, withFields } from './channelApi';

describe('the headers of a webhook', () => {
  it('are lines with a colon, of which the value may have more', () => {
    expect(headersIn('X-Secret: a:b\n\n Authorization:Bearer c ', 'wrong')).toEqual({ 'X-Secret': 'a:b', Authorization: 'Bearer c' });
  });

  it('are refused when a line has no name', () => {
    expect(() => headersIn('X-Secret', 'a line has no colon')).toThrow('a line has no colon');
    expect(() => headersIn(': value', 'a line has no name')).toThrow(ApiError);
  });
});

describe('an error of the older API', () => {
  it('belongs to the field that its message begins with', () => {
    expect((withFields(new ApiError(400, 'validation_error', 'url: must be an absolute http or https URL')) as ApiError).messageOf('url')).toBe('must be an absolute http or https URL');
  });

  it('stays as it is when it names none', () => {
    const error = new ApiError(400, 'validation_error', 'The webhook was tested with a PUT request, but it cannot be reached: Connection refused.');
    expect(withFields(error)).toBe(error);
  });
});
