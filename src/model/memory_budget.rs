//! How much of the listed files may be in memory at once, however many are read at the same time.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// While a file is taken apart, its bytes and its objects are there.
const WHILE_LOADING: u64 = 2;

/// How often the largest file fits.
const LARGEST: u64 = 3;

/// Files together are never kept waiting below this, in bytes.
const ALWAYS: u64 = 32 << 20;

/// Room for the bytes of files.
#[derive(Debug)]
pub(crate) struct MemoryBudget {
    taken: Mutex<u64>,
    left: Condvar,
    all: u64,
}

impl MemoryBudget {
    /// Room for one file of this size to be taken apart, and a bit more.
    pub(crate) fn new(largest: u64) -> Arc<Self> {
        Arc::new(Self {
            taken: Mutex::new(0),
            left: Condvar::new(),
            all: largest.saturating_mul(LARGEST).max(ALWAYS),
        })
    }

    /// Waits until a file of this size may be loaded.
    pub(crate) fn enter(self: &Arc<Self>, bytes: u64) -> Admission {
        let wanted = bytes.saturating_mul(WHILE_LOADING).min(self.all);
        let mut taken = self.taken();
        while taken.saturating_add(wanted) > self.all {
            taken = self.left.wait(taken).unwrap_or_else(PoisonError::into_inner);
        }
        *taken += wanted;
        Admission { room: Arc::clone(self), held: Arc::new(Mutex::new(wanted)) }
    }

    fn taken(&self) -> MutexGuard<'_, u64> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Room that a file takes until this is dropped.
#[derive(Debug)]
pub(crate) struct Admission {
    room: Arc<MemoryBudget>,
    held: Arc<Mutex<u64>>,
}

/// Gives back room, also from a thread that was given up.
#[derive(Debug, Clone)]
pub(crate) struct Permit {
    room: Arc<MemoryBudget>,
    held: Arc<Mutex<u64>>,
}

impl Admission {
    /// For the thread that takes the file apart.
    pub(crate) fn permit(&self) -> Permit {
        Permit { room: Arc::clone(&self.room), held: Arc::clone(&self.held) }
    }
}

impl Permit {
    /// Gives back all but so many bytes.
    pub(crate) fn keep(&self, bytes: u64) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = bytes.min(*held);
        *self.room.taken() -= *held - kept;
        *held = kept;
        self.room.left.notify_all();
    }
}

impl Drop for Admission {
    fn drop(&mut self) {
        self.permit().keep(0);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::thread;

    use super::*;

    #[test]
    fn no_more_than_the_room_is_ever_taken() {
        let largest = 40 << 20;
        let room = MemoryBudget::new(largest);
        let (now, most) = (AtomicU64::new(0), AtomicU64::new(0));
        thread::scope(|scope| {
            for index in 0..16 {
                let (room, now, most) = (&room, &now, &most);
                scope.spawn(move || {
                    let bytes = largest * (index % 4 + 1) / 4;
                    let place = room.enter(bytes);
                    most.fetch_max(
                        now.fetch_add(2 * bytes, Ordering::SeqCst) + 2 * bytes,
                        Ordering::SeqCst,
                    );
                    thread::yield_now();
                    now.fetch_sub(bytes, Ordering::SeqCst);
                    place.permit().keep(bytes);
                    thread::yield_now();
                    now.fetch_sub(bytes, Ordering::SeqCst);
                });
            }
        });
        assert!(most.into_inner() <= 3 * largest);
        assert_eq!(*room.taken(), 0);
    }

    #[test]
    fn a_thread_that_was_given_up_gives_nothing_back_twice() {
        let room = MemoryBudget::new(1 << 30);
        let place = room.enter(1000);
        let late = place.permit();
        drop(place);
        late.keep(1000);
        assert_eq!(*room.taken(), 0);
    }
}
