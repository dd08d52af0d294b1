//! The resources of demo:kit, the guest's own and the host's.
//!
//! Handles are plain numbers here: one that is returned is the caller's, any other is dropped by hand. A borrowed
//! account comes as what it is, the address of an `Account`.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::mem;

use crate::api;
use crate::canonical::{received, List, Opt, Res, Text};
use crate::types::Holding;

#[repr(C)]
pub struct Account {
    owner: Text,
    balance: i64,
}

static EXISTING: AtomicU32 = AtomicU32::new(0);

mod own {
    #[link(wasm_import_module = "[export]demo:kit/api")]
    extern "C" {
        #[link_name = "[resource-new]account"]
        pub fn account_new(rep: *mut super::Account) -> u32;
        #[link_name = "[resource-rep]account"]
        pub fn account_rep(handle: u32) -> *mut super::Account;
        #[link_name = "[resource-drop]account"]
        pub fn account_drop(handle: u32);
    }
}

unsafe fn opened(owner: Text, balance: i64) -> u32 {
    EXISTING.fetch_add(1, Relaxed);
    own::account_new(Box::into_raw(Box::new(Account { owner, balance })))
}

unsafe fn balance_of(handle: u32) -> i64 {
    (*own::account_rep(handle)).balance
}

fn withdrawn(account: &mut Account, amount: i64) -> Result<i64, Text> {
    if amount > account.balance {
        return Err("insufficient funds".into());
    }
    account.balance -= amount;
    Ok(account.balance)
}

static mut KEPT_ACCOUNT: Option<u32> = None;
static mut KEPT_TALLY: Option<u32> = None;

api! {
    "[dtor]account" account_dtor(this: Box<Account>) {
        EXISTING.fetch_sub(1, Relaxed);
        drop(this);
    }
    "[constructor]account" account_constructor(ptr: *mut u8, len: usize) -> u32 { opened(Text::of(ptr, len), 0) }
    "[method]account.owner" account_owner(this: &Account) => Text { (&*this.owner).into() }
    "[method]account.balance" account_balance(this: &Account) -> i64 { this.balance }
    "[method]account.deposit" account_deposit(this: &mut Account, amount: i64) -> i64 {
        this.balance = this.balance.wrapping_add(amount);
        this.balance
    }
    "[method]account.withdraw" account_withdraw(this: &mut Account, amount: i64) => Res<i64, Text> {
        withdrawn(this, amount).into()
    }
    // Not two references: they may be one account.
    "[method]account.transfer" account_transfer(this: *mut Account, to: *mut Account, amount: i64) => Res<(), Text> {
        withdrawn(&mut *this, amount).map(|_| (*to).balance += amount).into()
    }
    "[static]account.open-all" account_open_all(ptr: *mut Text, len: usize) => List<u32> {
        List::of(ptr, len).into_vec().into_iter().map(|owner| opened(owner, 0)).collect::<Vec<_>>().into()
    }
    "[static]account.merge" account_merge(a: u32, b: u32) -> u32 {
        let (first, second) = (&*own::account_rep(a), &*own::account_rep(b));
        let owner = format!("{} & {}", &*first.owner, &*second.owner);
        let merged = opened(owner.into(), first.balance + second.balance);
        own::account_drop(a);
        own::account_drop(b);
        merged
    }
    "[static]account.existing" account_existing() -> u32 { EXISTING.load(Relaxed) }

    "total" total(ptr: *mut &Account, len: usize) -> i64 {
        List::of(ptr, len).iter().map(|account| account.balance).sum()
    }
    "richest" richest(ptr: *mut u32, len: usize) => Opt<u32> {
        let mut accounts = List::of(ptr, len).into_vec().into_iter();
        accounts.next().map(|first| accounts.fold(first, |best, each| {
            let (winner, loser) = if balance_of(each) > balance_of(best) { (each, best) } else { (best, each) };
            own::account_drop(loser);
            winner
        })).into()
    }
    "close" close(account: u32) -> i64 {
        let balance = balance_of(account);
        own::account_drop(account);
        balance
    }
    "echo-account" echo_account(account: u32) -> u32 { account }
    "echo-holding" echo_holding(account: u32, ptr: *mut u8, len: usize) => Holding {
        Holding { account, label: Text::of(ptr, len) }
    }
    "keep" keep(account: u32) {
        if let Some(before) = mem::replace(&mut KEPT_ACCOUNT, Some(account)) {
            own::account_drop(before);
        }
    }
    "kept" kept() => Opt<u32> { KEPT_ACCOUNT.take().into() }
}

mod tally {
    use crate::canonical::Opt;

    #[link(wasm_import_module = "demo:kit/host")]
    extern "C" {
        #[link_name = "[constructor]tally"]
        pub fn new(start: i32) -> u32;
        #[link_name = "[method]tally.add"]
        pub fn add(this: u32, by: i32) -> i32;
        #[link_name = "[method]tally.value"]
        pub fn value(this: u32) -> i32;
        #[link_name = "[method]tally.larger"]
        pub fn larger(this: u32, than: u32) -> bool;
        #[link_name = "[static]tally.merge"]
        pub fn merge(a: u32, b: u32) -> u32;
        #[link_name = "[resource-drop]tally"]
        pub fn drop(this: u32);
        #[link_name = "open-tally"]
        pub fn open(ptr: *const u8, len: usize, result: *mut Opt<u32>);
    }
}

api! {
    "count-on" count_on(tally: u32, times: u32) -> i32 {
        for _ in 0..times {
            tally::add(tally, 1);
        }
        let value = tally::value(tally);
        // Borrowed, yet the handle has to go before the call ends.
        tally::drop(tally);
        value
    }
    "make-tally" make_tally(start: i32) -> u32 { tally::new(start) }
    "echo-tally" echo_tally(tally: u32) -> u32 { tally }
    "drop-tally" drop_tally(tally: u32) {
        tally::drop(tally);
    }
    "keep-tally" keep_tally(tally: u32) {
        if let Some(before) = mem::replace(&mut KEPT_TALLY, Some(tally)) {
            tally::drop(before);
        }
    }
    "kept-tally" kept_tally() => Opt<u32> { KEPT_TALLY.take().into() }
    "merge-tallies" merge_tallies(a: u32, b: u32) -> u32 { tally::merge(a, b) }
    "largest-tally" largest_tally(ptr: *mut u32, len: usize) => Opt<u32> {
        let tallies = List::of(ptr, len);
        let best = (1..len).fold(0, |best, each| if tally::larger(tallies[each], tallies[best]) { each } else { best });
        tallies.iter().for_each(|handle| tally::drop(*handle));
        (len > 0).then(|| best as u32).into()
    }
    "open-tally" open_tally(ptr: *mut u8, len: usize) => Opt<u32> {
        let name = Text::of(ptr, len);
        received(|result| tally::open(name.as_ptr(), name.len(), result))
    }
}
