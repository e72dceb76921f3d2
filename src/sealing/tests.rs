use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use super::*;
use clawctl_secret::keychain::fake::Fake;

/// A folder for a database, and what keys there can be for it.
struct House {
    dir: TempDir,
    keychain: Arc<Fake>,
}

impl House {
    fn with(keychain: Fake) -> Self {
        Self { dir: tempfile::tempdir().unwrap(), keychain: Arc::new(keychain) }
    }

    fn places(&self, choice: StoreChoice) -> KeyPlaces {
        let keychain = Keychain::over(Arc::clone(&self.keychain) as _, Duration::from_millis(100));
        KeyPlaces::new(choice, &self.dir.path().join("router.db"), keychain)
    }

    fn file(&self) -> PathBuf {
        self.dir.path().join("router.db.key")
    }
}

#[test]
fn nothing_is_made_by_looking() {
    let house = House::with(Fake::default());
    for choice in [StoreChoice::Auto, StoreChoice::Keychain, StoreChoice::File] {
        let places = house.places(choice);
        assert_eq!(places.key(false), Ok(None), "{choice:?}");
        assert_eq!(places.place(), Ok(None), "{choice:?}");
    }
    assert!(house.keychain.entries().is_empty());
    assert_eq!(house.dir.path().read_dir().unwrap().count(), 0);
}

#[test]
fn the_key_is_in_the_keychain_where_there_is_one() {
    let house = House::with(Fake::default());
    let places = house.places(StoreChoice::Auto);
    let key = places.key(true).unwrap();
    assert!(key.is_some());
    assert_eq!(places.key(false), Ok(key));
    assert_eq!(places.place(), Ok(Some(KeyPlace::Keychain)));
    assert!(!house.file().exists());
}

#[test]
fn without_a_keychain_it_is_in_a_file_for_its_owner_alone() {
    for keychain in
        [Fake { silent: true, ..Fake::default() }, Fake { read_only: true, ..Fake::default() }]
    {
        let house = House::with(keychain);
        let places = house.places(StoreChoice::Auto);
        let key = places.key(true).unwrap();
        assert_eq!(places.place(), Ok(Some(KeyPlace::File(house.file()))));
        assert_eq!(house.places(StoreChoice::File).key(false), Ok(key));
        let mode = house.file().metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn a_keychain_that_is_silent_is_not_taken_for_an_empty_one() {
    let house = House::with(Fake { silent: true, ..Fake::default() });
    let trouble = house.places(StoreChoice::Auto).key(false).unwrap_err();
    assert!(trouble.contains("did not answer"), "{trouble}");
    assert!(house.places(StoreChoice::Keychain).key(true).is_err());
    assert!(!house.file().exists());
}

#[test]
fn a_key_is_never_written_over() {
    let house = House::with(Fake::default());
    let places = house.places(StoreChoice::File);
    for damaged in ["", "not a key", &"g".repeat(64)] {
        fs::write(house.file(), damaged).unwrap();
        fs::set_permissions(house.file(), fs::Permissions::from_mode(0o600)).unwrap();
        assert!(places.key(true).unwrap_err().contains("does not hold a key"), "{damaged:?}");
        assert_eq!(fs::read_to_string(house.file()).unwrap(), damaged);
    }
    fs::remove_file(house.file()).unwrap();
    let key = places.key(true).unwrap().unwrap();
    assert!(disk::create_new(&house.file(), b"another", Access::PRIVATE).is_err());
    assert_eq!(places.key(true), Ok(Some(key)));
}

#[test]
fn a_file_that_others_can_read_is_refused() {
    let house = House::with(Fake::default());
    let places = house.places(StoreChoice::File);
    places.key(true).unwrap();
    fs::set_permissions(house.file(), fs::Permissions::from_mode(0o640)).unwrap();
    assert!(places.key(false).unwrap_err().contains("chmod 600"));
}

#[test]
fn all_who_come_at_the_same_time_get_the_same_key() {
    for choice in [StoreChoice::File, StoreChoice::Keychain] {
        let house = House::with(Fake::default());
        let keys: Vec<_> = thread::scope(|scope| {
            let asking = || scope.spawn(|| house.places(choice).key(true).unwrap().unwrap());
            let all: Vec<_> = (0..8).map(|_| asking()).collect();
            all.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(keys.iter().all(|key| *key == keys[0]), "{choice:?}");
    }
}

#[test]
fn a_key_is_read_as_it_was_written() {
    let key: Key = Zeroizing::new(std::array::from_fn(|index| index as u8 * 7));
    assert_eq!(read_key(&written(&key)), Some(key));
    for nothing in ["", "00", &"0".repeat(63), &"é".repeat(32)] {
        assert_eq!(read_key(nothing), None, "{nothing}");
    }
}
