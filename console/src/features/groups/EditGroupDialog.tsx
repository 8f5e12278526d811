import { TextField } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { FormDialog, useFieldError } from '../../components/FormDialog';
import { mono } from '../../app/theme';
import { formatAttributes, parseAttributes } from './attributes';
import type { Group } from './groupApi';

/** A new group, or changes of one. */
export function EditGroupDialog({ group, onClose }: { group?: Group; onClose: () => void }) {
  const { t } = useTranslation('groups');
  const [name, setName] = useState(group?.name ?? '');
  const [description, setDescription] = useState(group?.description ?? '');
  const [text, setText] = useState(formatAttributes(group?.custom_attributes ?? {}));
  const client = useQueryClient();
  const { attributes, wrong } = parseAttributes(text);
  const body = { name, description, custom_attributes: attributes };
  const submit = async (): Promise<void> => {
    if (wrong.length > 0) throw new Error(t('wrongLines', { lines: wrong.join(', ') }));
    if (group) await api.PUT('/v3/device-groups/{device-group-id}', { params: { path: { 'device-group-id': group.id } }, body });
    else await api.POST('/v3/device-groups', { body });
    await client.invalidateQueries({ queryKey: ['device-groups'] });
  };
  return (
    <FormDialog
      title={group ? group.name : t('new')} action={t('save', { ns: 'components' })} fields={['name', 'description', 'custom_attributes']} onSubmit={submit} onClose={onClose}
      call={group ? { method: 'PUT', path: `/v3/device-groups/${group.id}`, body } : { method: 'POST', path: '/v3/device-groups', body }}
    >
      <Field name="name" value={name} onChange={setName} autoFocus />
      <Field name="description" value={description} onChange={setDescription} />
      <Field name="custom_attributes" value={text} onChange={setText} help={wrong.length > 0 ? t('wrongLines', { lines: wrong.join(', ') }) : t('attributesHelp')} multiline />
    </FormDialog>
  );
}

function Field({ name, value, onChange, help, autoFocus = false, multiline = false }: { name: string; value: string; onChange: (value: string) => void; help?: string; autoFocus?: boolean; multiline?: boolean }) {
  const { t } = useTranslation('groups');
  return <TextField label={t(`fields.${name}`)} value={value} onChange={(event) => onChange(event.target.value)} autoFocus={autoFocus} multiline={multiline} {...(multiline ? { minRows: 3, slotProps: { htmlInput: { sx: { fontFamily: mono, fontSize: '0.82rem' }, spellCheck: false } } } : {})} {...useFieldError(name, help)} />;
}
