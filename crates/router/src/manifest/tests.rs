mod bundled;
mod upstreams;
mod user_files;
