import { useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';
import { features } from '../../features';

/** Ctrl-K opens the palette; `g` and a letter go to a page. Not while somebody types. */
export function useShortcuts(openPalette: () => void): void {
  const navigate = useNavigate();
  const open = useRef(openPalette);
  open.current = openPalette;
  useEffect(() => {
    let after = 0;
    const onKey = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        open.current();
        return;
      }
      const target = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || event.altKey || target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return;
      if (event.key === 'g') after = event.timeStamp;
      else if (event.timeStamp - after < 1500) {
        const entry = features.flatMap((feature) => feature.navigation ?? []).find(({ shortcut }) => shortcut === event.key);
        if (entry) void navigate(entry.to);
        after = 0;
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [navigate]);
}
