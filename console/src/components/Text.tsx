import { TextField } from '@mui/material';
import type { ComponentProps } from 'react';
import { useFieldError } from './FormDialog';

/** A text of a form, with what the server says of it. */
export function Text({ field, value, onText, help, ...more }: { field: string; value: string; onText: (text: string) => void; help?: string } & Omit<ComponentProps<typeof TextField>, 'onChange'>) {
  return <TextField value={value} onChange={(event) => onText(event.target.value)} {...useFieldError(field, help)} {...more} />;
}
