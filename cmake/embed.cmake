# embed_files(TARGET HEADER NAMESPACE FILE...): the files become the table embedded_files() of a namespace, which HEADER
# declares together with struct EmbeddedFile.
function(embed_files target header namespace)
  set(source "${CMAKE_BINARY_DIR}/generated/embedded_${target}.cpp")
  list(TRANSFORM ARGN PREPEND "${CMAKE_SOURCE_DIR}/" OUTPUT_VARIABLE paths)
  add_custom_command(OUTPUT "${source}"
    COMMAND "${CMAKE_COMMAND}" "-DOUT=${source}" "-DROOT=${CMAKE_SOURCE_DIR}" "-DHEADER=${header}" "-DNAMESPACE=${namespace}"
      "-DFILES=${ARGN}" -P "${CMAKE_SOURCE_DIR}/cmake/write_embedded.cmake"
    DEPENDS ${paths} "${CMAKE_SOURCE_DIR}/cmake/write_embedded.cmake" VERBATIM)
  target_sources(${target} PRIVATE "${source}")
endfunction()

# embed_presets(FOLDER HEADER NAMESPACE): the presets of a gateway, for the layer of the adapters.
function(embed_presets folder header namespace)
  file(GLOB found CONFIGURE_DEPENDS RELATIVE "${CMAKE_SOURCE_DIR}" "${CMAKE_SOURCE_DIR}/${folder}/*.toml")
  list(SORT found)
  embed_files(adapters "${header}" "${namespace}" ${found})
endfunction()

# embed_content(FOLDER...): the shipped dialogs, locales, configuration and web pages become one C++ table in the binary,
# so that a single file is the whole program. The table is declared in turns/embedded.hpp.
function(embed_content)
  set(files "")
  foreach(folder IN LISTS ARGN)
    file(GLOB_RECURSE found CONFIGURE_DEPENDS RELATIVE "${CMAKE_SOURCE_DIR}"
      "${CMAKE_SOURCE_DIR}/${folder}/*.yaml" "${CMAKE_SOURCE_DIR}/${folder}/*.json"
      "${CMAKE_SOURCE_DIR}/${folder}/*.html" "${CMAKE_SOURCE_DIR}/${folder}/*.css" "${CMAKE_SOURCE_DIR}/${folder}/*.js" "${CMAKE_SOURCE_DIR}/${folder}/*.csv")
    list(APPEND files ${found})
  endforeach()
  list(SORT files)
  embed_files(turns "turns/embedded.hpp" passerelle::turns ${files})
endfunction()

# embed_model(FILE SOURCE): SOURCE pulls FILE into the binary; it is compiled again when FILE changes.
function(embed_model file source)
  set_source_files_properties("${CMAKE_SOURCE_DIR}/${source}" TARGET_DIRECTORY language PROPERTIES
    COMPILE_DEFINITIONS "PASSERELLE_MODEL=\"${CMAKE_SOURCE_DIR}/${file}\"" OBJECT_DEPENDS "${CMAKE_SOURCE_DIR}/${file}")
endfunction()
