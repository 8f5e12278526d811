import { IconButton, Menu, MenuItem } from '@mui/material';
import MoreVert from '@mui/icons-material/MoreVert';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** What can be done with the thing of a row. */
export function RowActions({ name, items }: { name: string; items: readonly (readonly [label: string, run: () => void])[] }) {
  const { t } = useTranslation('components');
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <IconButton size="small" aria-label={t('actionsOf', { name })} aria-haspopup="menu" onClick={(event) => (event.stopPropagation(), setAnchor(event.currentTarget))}><MoreVert fontSize="small" /></IconButton>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)} onClick={(event) => event.stopPropagation()}>
        {items.map(([label, run]) => <MenuItem key={label} onClick={() => (setAnchor(null), run())}>{label}</MenuItem>)}
      </Menu>
    </>
  );
}
